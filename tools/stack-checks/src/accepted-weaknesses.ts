/** A check of Checkov that fails, and shall. */
export interface AcceptedWeakness {
  readonly checks: readonly string[];
  /** Which things, as `<stack>-<environment>:<name>`. */
  readonly where: RegExp;
  /** Why it is right as it is. */
  readonly reason: string;
}

/** All that Checkov complains of and that stays. Whatever matches nothing any more has to go. */
export const acceptedWeaknesses: readonly AcceptedWeakness[] = [
  // What is given up only in profile benchmark.
  {
    checks: ['CKV_AWS_145', 'CKV_AWS_149', 'CKV_AWS_158', 'CKV_AWS_184', 'CKV_AWS_354'],
    where: /-benchmark:/,
    reason:
      "AWS's own keys encrypt as well and cost nothing; an environment with a kmsKeyArn uses that one for all of it",
  },
  {
    checks: ['CKV_AWS_338'],
    where: /-benchmark:/,
    reason: 'A lab is destroyed long before its logs are 30 days old; production keeps them for a year',
  },
  {
    checks: ['CKV_AWS_150', 'CKV_AWS_293'],
    where: /-benchmark:(?:entry_internal|postgres)$/,
    reason: 'A lab is there to be destroyed, without a person lifting protections; production has them',
  },
  {
    checks: ['CKV_AWS_91'],
    where: /^proxy-service-benchmark:entry_internal$/,
    reason: 'The generator records every request; writing millions of lines to S3 adds nothing. Production has the log',
  },
  {
    checks: ['CKV_AWS_157'],
    where: /^database-benchmark:postgres$/,
    reason: 'A standby doubles the price and adds to the latency of each write; production has one',
  },

  // The internal load balancer, which generators reach without leaving the VPC.
  {
    checks: ['CKV_AWS_2', 'CKV_AWS_103', 'CKV2_AWS_20'],
    where: /^proxy-service-\w+:entry_internal(?:_http)?$/,
    reason:
      'It speaks HTTP inside the VPC, to the groups it admits; TLS would be part of every measured latency. The public one speaks HTTPS, and a domain is for one of the two',
  },
  {
    checks: ['CKV_AWS_378'],
    where: /^proxy-service-\w+:entry_(?:internal|public)_targets$/,
    reason: 'LiteLLM speaks HTTP to its load balancer, inside the VPC and only to its security group',
  },
  {
    checks: ['CKV2_AWS_28'],
    where: /^proxy-service-production:entry_public$/,
    reason:
      'A firewall of AWS reads only the first kilobytes of a body and knows no prompts; who may come in is said by allowedCidrs and by keys. Those who want one attach it by the ARN that the stack publishes',
  },

  // Functions that only a deployment calls.
  {
    checks: ['CKV_AWS_116'],
    where: /_publisher$|:deployer_function$|:readiness_probe$/,
    reason:
      'Terraform calls them and waits: a failure is the error of the deployment, and no event is left for a queue',
  },
  {
    checks: ['CKV_AWS_115'],
    where: /_publisher$|:deployer_function$|:readiness_probe$/,
    reason:
      'A new account has 10 concurrent executions and must keep 10 unreserved, so reserving one fails; a deployment calls one at a time',
  },
  {
    checks: ['CKV_AWS_50', 'CKV_AWS_272'],
    where: /_publisher$|:deployer_function$|:readiness_probe$/,
    reason:
      "Their log says all there is to trace, and the code's hash is in the plan; signing would need a profile that somebody looks after",
  },
  {
    checks: ['CKV_AWS_117'],
    where: /:deployer_function$/,
    reason:
      "It calls AWS's public API and the other functions alone, nothing in the VPC: outside it needs no NAT and leaves no network interface that delays a destroy",
  },
  {
    checks: ['CKV_AWS_173'],
    where: /_publisher$/,
    reason: 'The variables say where the files go, and no secret; Lambda encrypts them with its own key',
  },

  // Secrets.
  {
    checks: ['CKV2_AWS_57'],
    where: /^(?:database-\w+:password_secret|proxy-service-\w+:keys_(?:master|salt)_secret)$/,
    reason:
      'The salt key must never rotate: what LiteLLM encrypted with it would be lost. Tasks read the master key and the password only when they start, so those rotate by a deployment (passwordVersion)',
  },

  // Buckets.
  {
    checks: ['CKV_AWS_145'],
    where: /^proxy-service-production:entry_\w+_access-logs_bucket$/,
    reason: 'A load balancer writes its log only under the key of S3',
  },
  {
    checks: ['CKV_AWS_18'],
    where: /:(?:results|states|entry_\w+_access-logs_bucket)$/,
    reason:
      "A log of access would want a bucket of its own, with the same question; CloudTrail's data events show who read what where that matters",
  },
  {
    checks: ['CKV_AWS_144', 'CKV2_AWS_62'],
    where: /:(?:results|states|entry_\w+_access-logs_bucket)$/,
    reason:
      'Nothing waits for what is written, and results and logs can be lost; states have versions, and a region that is gone took what they describe with it',
  },

  // What Checkov cannot see.
  {
    checks: ['CKV2_AWS_5'],
    where: /^proxy-service-\w+:migration_task_security-group$/,
    reason: 'The Deployer attaches it when it runs the task',
  },
  {
    checks: ['CKV_AWS_394'],
    where: /^network-\w+:zones$/,
    reason:
      'Only the first two or three names are used, so that a new zone changes nothing unless it sorts before them',
  },
];
