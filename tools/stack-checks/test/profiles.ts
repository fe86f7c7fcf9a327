import { join } from 'node:path';
import { readStacks, type StackFile } from '../src';

/** The environments that are checked: the one that is shipped, and one with everything at its largest. */
export const profiles = [
  { name: 'benchmark', environment: 'benchmark' },
  { name: 'production', environment: './tools/stack-checks/environments/production' },
] as const;

/** The folder into which an environment was synthesized for all suites. */
export function synthesized(name: (typeof profiles)[number]['name']): string {
  const folder = process.env.STACK_CHECKS_FOLDER;
  if (folder === undefined) throw new Error('nothing was synthesized: jest.config.js has that done before all suites');
  return join(folder, name);
}

/** Every stack in every profile. */
export function everyStack(): StackFile[] {
  return profiles.flatMap(({ name }) => readStacks(synthesized(name)));
}
