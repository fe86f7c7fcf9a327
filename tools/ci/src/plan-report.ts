import type { PlanManifest } from '@loadlab/nx-cdktf/plans';
import { formatMarkdown, type Review } from '@loadlab/plan-review';

/** What became of a stack's plan. */
export interface PlannedStack {
  readonly project: string;
  readonly name: string;
  /** Undefined where planning failed. */
  readonly manifest: PlanManifest | undefined;
  /** Why it failed, where that was told. */
  readonly reason?: string | undefined;
}

/** What a report of plans is made from. */
export interface PlanReport {
  readonly environment: string;
  readonly stacks: readonly PlannedStack[];
  /** Of all plans together; undefined when there are none, or none could be read. */
  readonly review: Review | undefined;
  /** More to say, as Markdown. */
  readonly notes: readonly string[];
  /** Flags with which the same is done by hand: `--aws`. */
  readonly flags: readonly string[];
}

/** Short enough for several environments in one comment, of at most 65,536 characters. */
export function formatPlanReport(report: PlanReport, longest: number): string {
  const title = `## \`${report.environment}\`\n\n${whatIsMissing(report.stacks)}`;
  const rest = [...report.notes, table(report.stacks), howToApply(report)].filter((part) => part !== '').join('\n');
  const review =
    report.review === undefined
      ? ''
      : `${formatMarkdown(report.review, Math.max(4000, longest - title.length - rest.length - 2))}\n`;
  return `${title}${review}${rest}\n`;
}

/** A report where there was nothing to plan yet. */
export function notSynthesized(environment: string): string {
  return `## \`${environment}\`\n\n### ⛔ nothing could be planned\n\nThe stacks could not be synthesized: the log says why.\n`;
}

/** Plans that would do something, as an apply wants them named: `benchmark/network=<plan>`. */
export function approvalsOf(environment: string, stacks: readonly PlannedStack[]): string[] {
  return stacks.flatMap(({ name, manifest }) =>
    manifest?.planned?.changes === true ? [`${environment}/${name}=${manifest.sha256}`] : [],
  );
}

/** True for a stack that another wave has to plan. */
export function isPending({ manifest }: PlannedStack): boolean {
  return manifest !== undefined && manifest.pendingUpstream.length > 0;
}

/** Before the verdict, which is of the other plans only: what nobody has seen may be the worst. */
function whatIsMissing(stacks: readonly PlannedStack[]): string {
  const failed = stacks.filter(({ manifest }) => manifest === undefined);
  if (failed.length === 0) return '';
  const rest = failed.length === stacks.length ? '' : ' What follows is about the others only.';
  const lines = failed.map(
    ({ name, reason }) =>
      `- \`${name}\`: ${reason === undefined ? 'not tried after another one failed, or the log says why' : inCode(reason)}`,
  );
  return `### ⛔ not everything could be planned\n\n**This is no review of the whole change.**${rest}\n\n${lines.join('\n')}\n\n`;
}

/** Words from elsewhere, which must not become Markdown, nor as long as they like. */
function inCode(text: string): string {
  const line = text.replace(/\s+/g, ' ').replaceAll('`', "'");
  return `\`${line.length > 500 ? `${line.slice(0, 499)}…` : line}\``;
}

function table(stacks: readonly PlannedStack[]): string {
  if (stacks.length === 0) return '_No stack is affected._\n';
  const rows = stacks.map(({ name, manifest }) => `| \`${name}\` | ${stateOf(manifest)} | ${planOf(manifest)} |`);
  return ['| stack | | plan |', '| --- | --- | --- |', ...rows, ''].join('\n');
}

function stateOf(manifest: PlanManifest | undefined): string {
  if (manifest === undefined) return '**could not be planned**';
  if (manifest.planned === null)
    return `pending upstream ${manifest.pendingUpstream.map((name) => `\`${name}\``).join(', ')}: planned in the next wave`;
  return manifest.planned.changes ? `changes; good until ${manifest.expiresAt.slice(0, 16)}Z` : 'no changes';
}

function planOf(manifest: PlanManifest | undefined): string {
  return manifest === undefined || manifest.planned === null ? '' : `\`${manifest.sha256.slice(0, 12)}\``;
}

function howToApply({ environment, stacks, flags }: PlanReport): string {
  const approved = approvalsOf(environment, stacks);
  if (approved.length === 0) return '';
  const command = ['npm run ci:apply --', ...flags, `--approved ${approved.join(',')}`];
  return `<details><summary>Apply exactly this</summary>\n\n\`\`\`sh\n${command.join(' ')}\n\`\`\`\n\n</details>\n`;
}
