import type { Review } from './review-schema';
import { compareRisks, type Judgement } from './risk';

/** The worst of all findings, with how many more there are of the same risk. */
export function verdictOf(
  review: Omit<Review, 'schema' | 'verdict' | 'cost' | 'policy' | 'counts'>,
): Review['verdict'] {
  const findings: Judgement[] = [
    ...review.changes,
    ...review.facts.map(({ risk, words }) => ({ risk, reason: words })),
    ...review.outputs
      .filter(({ action, consumers }) => action === 'delete' && consumers.length > 0)
      .map(({ stack, name, consumers }) => ({
        risk: 'high' as const,
        reason: `takes away output ${stack}.${name}, which ${consumers.join(', ')} ${consumers.length === 1 ? 'reads' : 'read'}`,
      })),
    ...review.checks.map(({ address, messages }) => ({
      risk: 'high' as const,
      reason: `${address} does not hold: ${messages.join('; ')}`,
    })),
    ...review.outputs
      .filter(({ action, consumers }) => action !== 'delete' && consumers.length > 0)
      .map(({ stack, name, consumers }) => ({
        risk: 'low' as const,
        reason: `changes output ${stack}.${name}, which ${consumers.join(', ')} ${consumers.length === 1 ? 'reads' : 'read'}`,
      })),
    ...review.stacks.flatMap(({ stack, warnings }) =>
      warnings.map((warning) => ({ risk: 'low' as const, reason: `${stack}: ${warning}` })),
    ),
  ];
  // Stable: of equally bad ones the first counts, and changes come first.
  const [worst] = [...findings].sort((left, right) => compareRisks(left.risk, right.risk));
  if (worst === undefined || (worst.risk === 'none' && worst.reason === 'changes nothing'))
    return { risk: 'none', reason: driftOnly(review) ?? 'changes nothing', more: 0 };
  return {
    risk: worst.risk,
    reason: worst.reason,
    more: findings.filter(({ risk }) => risk === worst.risk).length - 1,
  };
}

function driftOnly({ drift, outputs }: Pick<Review, 'drift' | 'outputs'>): string | undefined {
  if (drift.length > 0) return 'changes nothing but what Terraform remembers of what others changed';
  return outputs.length > 0 ? 'changes only outputs, which nobody is known to read' : undefined;
}
