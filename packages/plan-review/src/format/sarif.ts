import type { Review, ReviewedChange } from '../review/review';
import type { Risk } from '../review/risk';
import { replacedBecauseInWords } from './words';
import { showValue } from './show-value';

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
  { id: 'plan/none', text: 'A move, an import, or tags only' },
];

/**
 * The review in the Static Analysis Results Interchange Format 2.1.0, for code-scanning pages. A plan has no lines: the place of a
 * finding is the resource's address.
 * @source https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function formatSarif(review: Review): string {
  const policies = [...new Set(review.policy.map(({ rule }) => rule))];
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'loadlab review',
            rules: [
              ...RULES.map(({ id, text }) => ({ id, shortDescription: { text } })),
              ...policies.map((rule) => ({ id: `policy/${rule}`, shortDescription: { text: `The policy "${rule}"` } })),
            ],
          },
        },
        results: [
          ...review.changes.map((change) => ({
            ruleId: `plan/${change.risk}`,
            level: LEVELS[change.risk],
            message: { text: describe(change) },
            locations: [place(change.stack, change.address)],
          })),
          ...review.policy.map(({ rule, level, stack, address, message }) => ({
            ruleId: `policy/${rule}`,
            level: level === 'warn' ? 'warning' : 'error',
            message: { text: message },
            locations: [place(stack, address)],
          })),
        ],
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function describe(change: ReviewedChange): string {
  const because = replacedBecauseInWords(change, showValue);
  return [
    `${change.action} ${change.address}: ${change.reason}`,
    ...(because.length > 0 ? [`replaced because of ${because.join(', ')}`] : []),
    ...change.notes,
  ].join('. ');
}

function place(stack: string, address: string): object {
  return {
    physicalLocation: { artifactLocation: { uri: `cdktf.out/stacks/${stack}/cdk.tf.json` } },
    logicalLocations: [{ fullyQualifiedName: `${stack}.${address}`, kind: 'resource' }],
  };
}
