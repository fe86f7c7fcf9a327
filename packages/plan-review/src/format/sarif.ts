import type { Review, ReviewedChange } from '../review/review-schema';
import type { Risk } from '../review/risk';
import type { Log, Result, ReportingDescriptor } from 'sarif';
import { changeFacts } from './change-facts';
import { visibleLine } from './visible';
import { driftInWords } from './words';

const LEVELS: Readonly<Record<Risk, 'error' | 'warning' | 'note' | 'none'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  none: 'none',
};
const RULES: readonly { id: string; text: string }[] = [
  { id: 'plan/critical', text: 'A change that loses data, keys or a protection' },
  { id: 'plan/high', text: 'A change that deletes or replaces something, or widens access' },
  { id: 'plan/medium', text: 'A change in place' },
  { id: 'plan/low', text: 'Something new, or replaced as its kind always is' },
  { id: 'plan/check', text: 'A condition of the configuration that does not hold' },
  { id: 'plan/fact', text: 'A budget that is exceeded, or an end that has passed' },
  { id: 'plan/drift', text: 'A resource that was changed outside of Terraform' },
];

/**
 * The review in the Static Analysis Results Interchange Format 2.1.0, for code-scanning pages. A plan has no lines: the place of a
 * finding is the resource's address, in the file that the stack is synthesized into. Moves and changes of tags are no findings.
 * @source https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function formatSarif(review: Review): string {
  const results: Result[] = [
    ...review.changes.filter(({ risk }) => risk !== 'none').map(changeResult),
    ...review.checks.map(({ stack, address, messages }) =>
      result('plan/check', 'error', `${address} does not hold: ${messages.join('; ')}`, stack, address),
    ),
    ...review.facts
      .filter(({ risk }) => risk === 'critical' || risk === 'high')
      .map(({ stack, subject, words }) => result('plan/fact', 'error', words, stack, subject)),
    ...review.drift.map((drift) =>
      result('plan/drift', 'warning', `${drift.address} ${driftInWords(drift)}`, drift.stack, drift.address),
    ),
    ...review.policy.map(({ rule, level, stack, address, message }) =>
      result(`policy/${rule}`, level === 'warn' ? 'warning' : 'error', message, stack, address),
    ),
  ];
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'loadlab review', rules: rulesOf(review) } },
        results,
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function rulesOf({ policy }: Review): ReportingDescriptor[] {
  const policies = [...new Set(policy.map(({ rule }) => rule))];
  return [
    ...RULES.map(({ id, text }) => ({ id, shortDescription: { text } })),
    ...policies.map((rule) => ({ id: `policy/${rule}`, shortDescription: { text: `The policy "${rule}"` } })),
  ];
}

function changeResult(change: ReviewedChange): Result {
  const words = [
    `${change.action} ${change.address}: ${change.reason}`,
    ...changeFacts(change, 5).map(({ text }) => text),
  ];
  return result(`plan/${change.risk}`, LEVELS[change.risk], words.join('. '), change.stack, change.address);
}

function result(ruleId: string, level: Result.level, text: string, stack: string, address: string): Result {
  return {
    ruleId,
    level,
    message: { text: visibleLine(text) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: `cdktf.out/stacks/${encodeURIComponent(stack)}/cdk.tf.json` },
          region: { startLine: 1 },
        },
        logicalLocations: [{ fullyQualifiedName: `${stack}.${address}`, kind: 'resource' }],
      },
    ],
    // Tells the same finding of a later plan from a new one.
    partialFingerprints: { 'address/v1': `${ruleId}:${stack}.${address}` },
  };
}
