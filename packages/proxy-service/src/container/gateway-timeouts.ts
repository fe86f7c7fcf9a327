/**
 * Who waits for whom, in seconds, in the order in which each must give up. Out of order, a request ends as a 502 or 504
 * of the load balancer, or is cut off when a task stops.
 */
export const gatewayTimeouts = {
  /** The load balancer ends a request on which nothing has moved for so long; above any request_timeout in use. */
  loadBalancerIdle: 600,
  /**
   * LiteLLM closes an idle connection. Its server's own 5 s would let it hang up while the balancer is just sending.
   * @source https://docs.litellm.ai/docs/proxy/prod
   */
  keepAlive: 615,
  /** The load balancer sends nothing new to a task that leaves, and lets what is under way finish. */
  deregistration: 60,
  /** LiteLLM finishes requests after SIGTERM, then writes its spend logs. Its own default is 30 s. */
  gracefulShutdown: 100,
  /** ECS kills a container that has not stopped; the most that Fargate allows. */
  stop: 120,
  /**
   * LiteLLM's parent process kills a worker that does not answer its ping. The default of 5 s is reached by workers that
   * are merely busy, which is what a load test makes them.
   */
  workerHealthCheck: 60,
} as const;
