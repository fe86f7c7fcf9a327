import { existsSync } from 'node:fs';
import path from 'node:path';
import { EXIT } from '@loadlab/foundation';
import { LOOKS } from '@loadlab/nx-cdktf/plans';
import {
  formatAsides,
  formatMarkdown,
  formatReview,
  readPlans,
  reviewPlans,
  type Review,
  type StackPlan,
} from '@loadlab/plan-review';
import { writeReview, type EnvironmentRun, type Outcome } from './environment-run';
import { workspaceStacks } from './workspace-stacks';

/** What somebody changed behind Terraform's back, in all stacks of an environment. */
export async function reviewDrift(run: EnvironmentRun, longest: number): Promise<Outcome> {
  const { nx, root, environment } = run;
  const projects = nx.projects('apply');
  const code = (await nx.synth(projects)) || (await nx.run(['drift'], projects));
  const seen = workspaceStacks(root, environment.name, projects)
    .map(({ name, folder }) => ({ name, file: path.join(folder, LOOKS.drift.file) }))
    .filter(({ file }) => existsSync(file));
  const plans = readPlans(seen.map(({ name, file }) => `${name}-${environment.name}=${file}`));
  const review = reviewPlans(plans);
  writeReview(run, review, formatReview);
  const reported = reportDrift(environment.name, plans, review, longest);
  return code === 0 ? reported : { ...reported, code };
}

/**
 * What drifted, with exit code 2 when an apply would undo something, or when nobody knows. What the code ignores, such as the number of
 * tasks that autoscaling sets, is said and is no reason to wake anybody.
 */
export function reportDrift(
  environment: string,
  plans: readonly Pick<StackPlan, 'stack'>[],
  review: Review,
  longest: number,
): Outcome {
  const title = `## \`${environment}\`\n\n`;
  const { drift, changes } = review;
  const drifted = new Set(drift.map(({ stack, address }) => `${stack} ${address}`));
  const waiting = changes.filter(({ stack, address }) => !drifted.has(`${stack} ${address}`)).length;
  const rest =
    waiting === 0 ? '' : `_Apart from that, the code wants ${many(waiting, 'change')} that nobody applied yet._\n\n`;
  if (drift.length === 0) {
    const names = plans.map(({ stack }) => `\`${stack.replace(new RegExp(`-${environment}$`), '')}\``);
    const words = names.length === 0 ? 'Nothing is deployed.' : `No drift in ${names.join(', ')}.`;
    const left = formatAsides({ ...review, refreshed: [] });
    return { code: EXIT.done, report: `${title}${words}\n\n${left === '' ? '' : `${left}\n\n`}${rest}` };
  }
  const would = drift.every(({ isPutBack }) => isPutBack) ? 'would' : 'may';
  const [was, them] = drift.length === 1 ? ['was', 'it'] : ['were', 'them'];
  const words = `**${many(drift.length, 'thing')} ${was} changed outside of Terraform.** An apply ${would} change ${them} again: take the change into the code, or apply.\n\n${rest}`;
  return {
    code: EXIT.invalid,
    report: `${title}${words}${formatMarkdown(review, longest - title.length - words.length)}`,
  };
}

function many(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
