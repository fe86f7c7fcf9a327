import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from '@loadlab/fargate';
import { workspaceRoot } from '@loadlab/foundation';

/** The generator's main file, below the published folder. */
export const GENERATOR_MAIN = 'src/job/main.js';

/**
 * The generator as files to publish, laid out as in its package, so that it finds its scenarios and its second process as it
 * does from source. Named by path, not imported: a stack knows no app's code. Scenarios are text: plans show them.
 */
export function generatorFiles(): Record<string, string | Uint8Array> {
  const app = join(workspaceRoot(), 'apps', 'loadtest');
  const scenarios = readdirSync(join(app, 'scenarios')).filter((name) => name.endsWith('.yaml'));
  return {
    [GENERATOR_MAIN]: bundle(join(app, 'src', 'job', 'main.ts')),
    'src/job/generator-process.js': bundle(join(app, 'src', 'generator', 'generator-process.ts')),
    // Its version, for the record.
    'package.json': readFileSync(join(app, 'package.json')),
    ...Object.fromEntries(
      scenarios.map((name) => [`scenarios/${name}`, readFileSync(join(app, 'scenarios', name), 'utf8')]),
    ),
  };
}
