import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { StackFile } from './read-stacks';

/** One look of Checkov at one thing. */
export interface Look {
  /** `CKV_AWS_158`. */
  readonly check: string;
  /** What is checked, in Checkov's words. */
  readonly title: string;
  /** `<stack>-<environment>:<name>`, the name as in Terraform's address. */
  readonly where: string;
}

/** Everything that Checkov looked at. */
export interface Looks {
  readonly passed: readonly Look[];
  readonly failed: readonly Look[];
}

const look = z
  .object({ check_id: z.string(), check_name: z.string(), file_path: z.string(), resource: z.string() })
  .transform(({ check_id: check, check_name: title, file_path: file, resource }): Look => {
    // "aws_lb.entry" from a check over several resources, "resource.entry" from a check of one.
    return { check, title, where: `${dirname(file).slice(1)}:${resource.slice(resource.indexOf('.') + 1)}` };
  });
const report = z.object({
  results: z.object({
    passed_checks: z.array(look),
    failed_checks: z.array(look),
    parsing_errors: z.array(z.string()),
  }),
});

/**
 * Checks stacks, all in one run, since Checkov takes seconds to start. Copies go into the folder `work`. Nothing is downloaded or sent.
 * @throws {Error} when Checkov fails, or could not read a stack
 */
export async function checkWithCheckov(
  stacks: readonly Pick<StackFile, 'id' | 'json'>[],
  options: { readonly checkov: string; readonly work: string },
): Promise<Looks> {
  for (const { id, json } of stacks) writeReadable(join(options.work, id), json);
  const flags = ['--framework', 'terraform_json', '--compact', '--skip-download', '--soft-fail', '-o', 'json'];
  const child = spawn(options.checkov, ['-d', '.', ...flags], {
    cwd: options.work,
    env: { PATH: process.env.PATH, HOME: options.work, LOG_LEVEL: 'ERROR', ANSI_COLORS_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [said, complaints, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (code !== 0) throw new Error(`Checkov ended with ${String(code)}:\n${complaints}`);
  const { results } = report.parse(JSON.parse(said));
  if (results.parsing_errors.length > 0) throw new Error(`Checkov cannot read ${results.parsing_errors.join(', ')}`);
  return { passed: results.passed_checks, failed: results.failed_checks };
}

/**
 * Checkov 3.3 finds resources in JSON by their lines, so it reads nothing out of a file that is one line, and gives up without a word
 * on one with sections that it does not know, such as `ephemeral`.
 */
function writeReadable(folder: string, { resource, data }: StackFile['json']): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify({ resource, data }, null, 2));
}
