import type { HealthStatus } from './health/container-health';
import { describeRewriting, type Rewriting } from './rewriting/rewriting';

/** What happens while tasks start, run and stop. */
export type LocalEvent =
  | { readonly kind: 'rewritten'; readonly task: string; readonly rewriting: Rewriting }
  | { readonly kind: 'container-started'; readonly task: string; readonly container: string; readonly pid: number }
  | {
      readonly kind: 'container-health';
      readonly task: string;
      readonly container: string;
      readonly status: HealthStatus;
      readonly detail: string;
    }
  | { readonly kind: 'container-stopped'; readonly task: string; readonly container: string; readonly how: string }
  | { readonly kind: 'task-stopped'; readonly task: string; readonly reason: string }
  /** At least every two seconds while somebody waits. */
  | { readonly kind: 'waiting'; readonly service: string; readonly seconds: number; readonly detail: string }
  | { readonly kind: 'task-in-service'; readonly service: string; readonly task: string; readonly seconds: number }
  | { readonly kind: 'task-lost'; readonly service: string; readonly task: string; readonly reason: string }
  | { readonly kind: 'deployment-completed'; readonly service: string; readonly url: string; readonly seconds: number }
  | {
      readonly kind: 'deployment-failed';
      readonly service: string;
      readonly reason: string;
      readonly rolledBack: boolean;
    };

/** Takes events; must not throw. */
export type EventListener = (event: LocalEvent) => void;

/** One line about an event, for a log or a terminal. */
export function describeEvent(event: LocalEvent): string {
  switch (event.kind) {
    case 'rewritten':
      return `${event.task}: ${describeRewriting(event.rewriting)}`;
    case 'container-started':
      return `${event.task}: ${event.container} started (process ${event.pid})`;
    case 'container-health':
      return `${event.task}: ${event.container} is ${event.status} (${event.detail})`;
    case 'container-stopped':
      return `${event.task}: ${event.container} stopped: ${event.how}`;
    case 'task-stopped':
      return `${event.task}: stopped: ${event.reason}`;
    case 'waiting':
      return `${event.service}: waiting for ${Math.round(event.seconds)} s: ${event.detail}`;
    case 'task-in-service':
      return `${event.service}: ${event.task} is in service after ${event.seconds.toFixed(1)} s`;
    case 'task-lost':
      return `${event.service}: ${event.task} was lost: ${event.reason}`;
    case 'deployment-completed':
      return `${event.service}: ready at ${event.url} after ${event.seconds.toFixed(1)} s`;
    case 'deployment-failed':
      return `${event.service}: deployment failed${event.rolledBack ? ' and was rolled back' : ''}: ${event.reason}`;
  }
}
