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

/**
 * One report of all environments, of at most `longest` characters; `checks` is the exit code of lint, types and tests, where they ran.
 * Where so many environments do not fit, each has its beginning only, where the verdict is.
 */
export function combine(
  command: Command,
  checks: number | undefined,
  sections: readonly Section[],
  longest = Infinity,
): string {
  const whole = together(command, checks, sections);
  if (whole.length <= longest) return whole;
  const room = Math.floor((longest - 200) / sections.length) - CUT.length;
  return together(
    command,
    checks,
    sections.map((section) => ({ ...section, report: beginningOf(section.report, room) })),
  ).slice(0, longest);
}

const CUT = '\n_The rest does not fit into one comment: see the log._\n';

/** Whole lines before anything is folded, so that nothing stays open. */
function beginningOf(report: string, room: number): string {
  const [head = ''] = report.split('<details>');
  if (head.length <= room) return `${head}${CUT}`;
  return `${head.slice(0, Math.max(0, head.lastIndexOf('\n', room)))}${CUT}`;
}

function together(command: Command, checks: number | undefined, sections: readonly Section[]): string {
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
