import { existsSync } from 'node:fs';
import path from 'node:path';
import { EXIT } from '@loadlab/foundation';
import { LOOKS } from '@loadlab/nx-cdktf/plans';
import { estimateCost, readPlans } from '@loadlab/plan-review';
import { describeOrphans, orphansOf, type EnvironmentRun, type Outcome } from './environment-run';
import { workspaceStacks } from './workspace-stacks';

/** What exists in a stack, and what it costs. */
export interface Living {
  readonly name: string;
  readonly resources: number;
  readonly hourly: number;
}

/**
 * What exists in an environment, what it costs an hour, and whether it should be gone by now. An expired one is taken down only with
 * `--destroy`; without, that somebody has to is all that happens.
 */
export async function reapExpired(run: EnvironmentRun): Promise<Outcome> {
  const { nx, root, environment, options, now } = run;
  const projects = nx.projects('destroy');
  const code = (await nx.synth(projects)) || (await nx.run(['inventory'], projects));
  if (code !== 0)
    return { code, report: `## \`${environment.name}\`\n\nWhat exists could not be seen: the log says why.\n` };
  const living = workspaceStacks(root, environment.name, projects).flatMap(({ name, folder }): Living[] => {
    const file = path.join(folder, LOOKS.inventory.file);
    return existsSync(file) ? [inventory(name, file)] : [];
  });
  const orphans = await orphansOf(run);
  const isDue = hasExpired(environment.expiresAt, now) && living.some(({ resources }) => resources > 0);
  const report = [
    describeLiving({ environment: environment.name, expiresAt: environment.expiresAt, living, now, aws: options.aws }),
    describeOrphans(orphans),
  ].join('\n');
  if (!isDue) return { code: orphans.length > 0 ? EXIT.invalid : EXIT.done, report };
  if (!options.destroy) return { code: EXIT.invalid, report };
  const destroyed = await nx.run(['destroy'], projects);
  const words = destroyed === 0 ? 'It was taken down.' : '**It could not be taken down whole**: the log says why.';
  return { code: destroyed === 0 && orphans.length > 0 ? EXIT.invalid : destroyed, report: `${report}\n${words}\n` };
}

/** Whether the time is over that an environment was given; one without such a time lives on. */
export function hasExpired(expiresAt: string | undefined, now: Date): boolean {
  return expiresAt !== undefined && new Date(expiresAt) <= now;
}

/** What exists, as the plan of taking all of it away says. */
function inventory(name: string, file: string): Living {
  const plans = readPlans([`${name}=${file}`]);
  const resources = plans.flatMap(({ plan }) => plan.resource_changes ?? []).filter(({ mode }) => mode !== 'data');
  return { name, resources: resources.length, hourly: estimateCost(plans).hourlyBefore };
}

/** What exists and what it costs, as Markdown. Dollars an hour, by list prices. */
export function describeLiving(seen: {
  readonly environment: string;
  readonly expiresAt: string | undefined;
  readonly living: readonly Living[];
  readonly now: Date;
  /** In an account, not in a rehearsal. */
  readonly aws: boolean;
}): string {
  const { environment, expiresAt, now, aws } = seen;
  const living = seen.living.filter(({ resources }) => resources > 0);
  const hourly = living.reduce((sum, stack) => sum + stack.hourly, 0);
  const title = `## \`${environment}\`\n`;
  if (living.length === 0) return `${title}\nNothing exists.\n`;
  return [
    title,
    expiry(expiresAt, hourly, now, `${aws ? '--aws ' : ''}--destroy --environment ${environment}`),
    '',
    '| stack | things that exist | $ an hour |',
    '| --- | ---: | ---: |',
    ...living.map((stack) => `| \`${stack.name}\` | ${stack.resources} | ${stack.hourly.toFixed(2)} |`),
    `| **in all** | ${living.reduce((sum, { resources }) => sum + resources, 0)} | **${hourly.toFixed(2)}** ($${(hourly * 24).toFixed(2)} a day) |`,
    '',
  ].join('\n');
}

function expiry(expiresAt: string | undefined, hourly: number, now: Date, flags: string): string {
  if (expiresAt === undefined) return 'It never expires (`expiresAt` is not set).';
  const hours = (now.getTime() - new Date(expiresAt).getTime()) / 3600_000;
  return hours < 0
    ? `It expires at ${expiresAt}.`
    : `**It expired at ${expiresAt}** and has cost about $${(hours * hourly).toFixed(2)} since. \`loadlab extend\` lets it live on; \`npm run ci:reap -- ${flags}\` takes it down.`;
}
