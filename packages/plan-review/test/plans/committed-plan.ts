import path from 'node:path';

const FOLDER = path.join(__dirname, 'json');

/** Terraform's own summary line of each committed plan. */
export const SUMMARIES = path.join(__dirname, 'summaries.json');

/** The file of a plan that real Terraform made. */
export function committedPlan(name: string): string {
  return path.join(FOLDER, `${name}.json`);
}
