import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { workspaceRoot } from '@loadlab/foundation';
import { parse } from 'yaml';
import { z } from 'zod';

const step = z.object({
  id: z.string().optional(),
  name: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  env: z.record(z.string(), z.string()).optional(),
});
const job = z.object({
  if: z.string().optional(),
  'runs-on': z.string(),
  'timeout-minutes': z.number(),
  environment: z.string().optional(),
  permissions: z.record(z.string(), z.string()).optional(),
  steps: z.array(step),
});
const workflow = z.object({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions: z.record(z.string(), z.string()),
  concurrency: z.object({ group: z.string(), 'cancel-in-progress': z.boolean() }),
  jobs: z.record(z.string(), job),
});
export type Step = z.output<typeof step>;
export type Job = z.output<typeof job>;

const FOLDER = path.join(workspaceRoot(), '.github', 'workflows');

export interface WorkflowFile extends z.output<typeof workflow> {
  readonly file: string;
  readonly path: string;
  readonly text: string;
}

/** Every workflow of the repository. */
export const workflowFiles: readonly WorkflowFile[] = readdirSync(FOLDER).map((file) => {
  const text = readFileSync(path.join(FOLDER, file), 'utf8');
  return { file, path: path.join(FOLDER, file), text, ...workflow.parse(parse(text)) };
});

export function workflowFile(file: string): WorkflowFile {
  const found = workflowFiles.find((candidate) => candidate.file === file);
  if (found === undefined) throw new Error(`no workflow ${file}`);
  return found;
}

const gitlabJob = z.object({
  extends: z.string().optional(),
  script: z.array(z.string()).optional(),
  before_script: z.array(z.string()).optional(),
  variables: z.record(z.string(), z.string()).optional(),
  rules: z.array(z.record(z.string(), z.unknown())).optional(),
  artifacts: z.object({ paths: z.array(z.string()), access: z.string() }).optional(),
  timeout: z.string().optional(),
});
const GITLAB_KEYWORDS = ['stages', 'workflow', 'default', 'variables'];

export const gitlabText = readFileSync(path.join(workspaceRoot(), '.gitlab-ci.yml'), 'utf8');

/** The jobs of GitLab's pipeline, hidden ones included. */
export const gitlabJobs: ReadonlyMap<string, z.output<typeof gitlabJob>> = new Map(
  Object.entries(z.record(z.string(), z.unknown()).parse(parse(gitlabText)))
    .filter(([name]) => !GITLAB_KEYWORDS.includes(name))
    .map(([name, value]) => [name, gitlabJob.parse(value)]),
);
