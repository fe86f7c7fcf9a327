import { parseSource, type Environment, type ReviewFact } from '@loadlab/foundation';
import { connectionBudget } from './connection-budget';

/** The connections that a review shows before and after a change, against what the deployed database allows (a token). */
export function connectionFact(environment: Environment, maxConnections: number): ReviewFact {
  const { file, text } = environment.litellmConfig;
  const { connections, peak, how } = connectionBudget(environment, parseSource(file, text).value);
  return {
    subject: 'database connections',
    amount: connections,
    peak,
    limit: maxConnections,
    how,
    beyond: 'so tasks that start in a rollout cannot connect',
  };
}
