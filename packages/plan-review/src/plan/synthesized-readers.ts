import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { readsIn, type OutputReader } from '../review/consumers';

/** How deep below the root a folder with stacks may lie: `apps/loadtest/infra`. */
const DEPTH = 3;

/**
 * Who reads whose outputs among all stacks that lie synthesized in a workspace (`**\/cdktf.out/stacks/<stack>/cdk.tf.json`): a plan
 * of the producer alone does not say. Of a stack that was synthesized in several places the newest counts.
 */
export function synthesizedReaders(root: string): OutputReader[] {
  const newest = new Map<string, { readonly file: string; readonly time: number }>();
  for (const stacks of stackFolders(root, DEPTH)) {
    for (const stack of readdirSync(stacks)) {
      const file = path.join(stacks, stack, 'cdk.tf.json');
      const time = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
      if (time !== undefined && time > (newest.get(stack)?.time ?? 0)) newest.set(stack, { file, time });
    }
  }
  // Inside JSON the quotes of `outputs["name"]` are escaped.
  return [...newest].map(([stack, { file }]) => readsIn(stack, readFileSync(file, 'utf8').replaceAll('\\"', '"')));
}

function stackFolders(folder: string, depth: number): string[] {
  const own = path.join(folder, 'cdktf.out', 'stacks');
  const below =
    depth === 0
      ? []
      : readdirSync(folder, { withFileTypes: true })
          .filter((entry) => entry.isDirectory() && !/^(?:\.|node_modules$|cdktf\.out$)/.test(entry.name))
          .flatMap((entry) => stackFolders(path.join(folder, entry.name), depth - 1));
  return existsSync(own) ? [own, ...below] : below;
}
