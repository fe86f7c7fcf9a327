import { existsSync } from 'node:fs';
import path from 'node:path';
import { EXIT } from '@loadlab/foundation';
import { LOOKS } from '@loadlab/nx-cdktf/plans';
import { formatMarkdown, formatReview, readPlans, reviewPlans } from '@loadlab/plan-review';
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
  const review = reviewPlans(readPlans(seen.map(({ name, file }) => `${name}-${environment.name}=${file}`)));
  writeReview(run, review, formatReview);
  const title = `## \`${environment.name}\`\n\n`;
  if (review.drift.length === 0)
    return {
      code,
      report: `${title}${seen.length === 0 ? 'Nothing is deployed.' : `No drift in ${seen.map(({ name }) => `\`${name}\``).join(', ')}.`}\n`,
    };
  const words = `**${review.drift.length} ${review.drift.length === 1 ? 'thing was' : 'things were'} changed outside of Terraform.** An apply would set ${review.drift.length === 1 ? 'it' : 'them'} back: take the change into the code, or apply.\n\n`;
  return {
    code: code === 0 ? EXIT.invalid : code,
    report: `${title}${words}${formatMarkdown(review, longest - title.length - words.length)}`,
  };
}
