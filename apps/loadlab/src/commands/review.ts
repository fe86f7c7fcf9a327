import { existsSync } from 'node:fs';
import path from 'node:path';
import { EXIT, workspaceRoot } from '@loadlab/foundation';
import type { ReviewFormat } from '@loadlab/plan-review';
import { defineCommand } from '../command';
import { writeWhole } from '../write-whole';

interface Flags {
  plans: string[];
  format: ReviewFormat;
  policy?: string;
  out?: string;
}

const FORMATS: readonly ReviewFormat[] = ['terminal', 'markdown', 'html', 'json', 'sarif'];

/** `loadlab review`: what a reviewer needs to see in Terraform plans. */
export const review = defineCommand<Flags>({
  command: 'review <plans..>',
  describe: 'What a reviewer needs to see in Terraform plans ([STACK=]PLAN.json, of terraform show -json)',
  builder: {
    format: { choices: FORMATS, default: 'terminal', describe: 'How to show it' },
    policy: {
      type: 'string',
      describe: 'Policy file (default: reviews.yaml at the root, if there is one)',
      requiresArg: true,
    },
    out: { type: 'string', describe: 'Write to this file instead of standard output', requiresArg: true },
  },
  examples: [
    ['$0 review plan.json', 'one plan, on the terminal'],
    [
      '$0 review network=a.json database=b.json --format markdown --out comment.md',
      'two stacks, as a pull request comment',
    ],
  ],
  handler: ({ plans, format, policy, out }) => {
    const { formatReview, readPlans, readPolicies, reviewPlans, synthesizedReaders } =
      require('@loadlab/plan-review') as typeof import('@loadlab/plan-review');
    const root = workspaceRoot();
    const file = policy ?? path.join(root, 'reviews.yaml');
    const rules = policy !== undefined || existsSync(file) ? readPolicies(file) : [];
    const made = reviewPlans(readPlans(plans), rules, synthesizedReaders(root));
    const text = formatReview(made, format, out === undefined && process.stdout.isTTY);
    if (out === undefined) process.stdout.write(text);
    else writeWhole(out, text);
    process.exitCode = made.policy.some(({ level }) => level === 'deny') ? EXIT.objectiveMissed : EXIT.done;
  },
});
