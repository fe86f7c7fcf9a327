import { formatProblems, type Problem } from '@loadlab/foundation';
import type { Command } from './options';

/** By this the one comment of a pull request is found again, and updated. */
export const MARKER = '<!-- loadlab:plan-review -->';

/** What there is to say of one environment. */
export interface Section {
  readonly environment: string;
  readonly code: number;
  /** Empty where the command died before it could say anything. */
  readonly report: string;
}

const TITLES: Readonly<Record<Command, string>> = {
  pr: 'What this change would do',
  apply: 'Plans and applies',
  drift: 'Drift',
  reap: 'What exists, and what it costs',
  waves: 'Waves',
};

/** One report of all environments; `checks` is the exit code of lint, types and tests, where they ran. */
export function combine(command: Command, checks: number | undefined, sections: readonly Section[]): string {
  const lines = [`# ${TITLES[command]}`, ''];
  if (checks !== undefined)
    lines.push(
      checks === 0
        ? 'Lint, types and tests of what changed pass.'
        : '**Lint, types or tests fail**: the log says where.',
      '',
    );
  if (sections.length === 0) lines.push('_No environment has its states where others can reach them._', '');
  for (const { environment, code, report } of sections)
    lines.push(report === '' ? `## \`${environment}\`\n\n**Failed** (exit code ${code}): the log says why.\n` : report);
  return lines.join('\n');
}

/** Why nothing could be said, as Markdown. */
export function describeProblems(problems: readonly Problem[]): string {
  return `**Stopped, nothing was changed:**\n\n\`\`\`text\n${formatProblems(problems).replaceAll('```', "'''")}\n\`\`\`\n`;
}
