import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '@loadlab/foundation';
import { findStack, forgetPlan, readManifestIn, stackName, type PlanManifest } from '@loadlab/nx-cdktf/plans';
import { z } from 'zod';

/** A package that deploys, and its stack in one environment. */
export interface WorkspaceStack {
  /** Nx's project: `mock-openai-infra`. */
  readonly project: string;
  /** The stack's name without its environment: `mock-openai`. */
  readonly name: string;
  /** Where Terraform works on it. */
  readonly folder: string;
  /** The package's own folder, in which its tasks run. */
  readonly packageFolder: string;
}

const packageSchema = z.object({ name: z.string(), nx: z.object({ name: z.string() }).optional() });

/** Everybody's state lies in it: it is bootstrapped once, and applied by nobody's pipeline. */
const BOOTSTRAPPED = 'state-backend';

/**
 * The stacks that packages synthesized for an environment; those that it goes without (`database: none`) are left out.
 * @throws {InputError} when a package was not synthesized for it
 */
export function workspaceStacks(root: string, environment: string, projects: readonly string[]): WorkspaceStack[] {
  return stackPackages(root)
    .filter(({ project }) => projects.includes(project))
    .flatMap(({ project, folder }) => {
      const stack = findStack(folder, environment);
      return stack === undefined
        ? []
        : [{ project, name: stackName(stack.id, environment), folder: stack.folder, packageFolder: folder }];
    });
}

/** Whether what lies synthesized in the packages is of this environment, and not of another that was looked at since. */
export function isSynthesized(root: string, environment: string): boolean {
  try {
    for (const { folder } of stackPackages(root)) findStack(folder, environment);
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

/** Nx's projects that are stacks, and their folders. */
export function stackPackages(root: string): { readonly project: string; readonly folder: string }[] {
  return ['packages', 'apps']
    .flatMap((parent) => children(path.join(root, parent)))
    .flatMap((folder) => [folder, path.join(folder, 'infra')])
    .filter((folder) => existsSync(path.join(folder, 'cdktf.json')))
    .map((folder) => {
      const { name, nx } = packageSchema.parse(JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')));
      return { project: nx?.name ?? name, folder };
    })
    .filter(({ project }) => project !== BOOTSTRAPPED);
}

/** Takes away what earlier plannings left of these projects' stacks, so that nothing of them is reported as planned now. */
export function forgetPlans(root: string, environment: string, projects: readonly string[]): void {
  for (const { project, folder } of stackPackages(root)) {
    const stacks = path.join(folder, 'cdktf.out', 'stacks');
    if (!projects.includes(project) || !existsSync(stacks)) continue;
    for (const stack of readdirSync(stacks).filter((name) => name.endsWith(`-${environment}`)))
      forgetPlan(path.join(stacks, stack));
  }
}

/** The manifest of a stack's saved plan; undefined where planning failed. */
export function manifestOf({ folder }: WorkspaceStack): PlanManifest | undefined {
  return readManifestIn(folder);
}

function children(folder: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => path.join(folder, entry.name))
    : [];
}
