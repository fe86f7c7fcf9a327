import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { workspaceRoot } from '@loadlab/foundation';
import { drawLanes, drawStacks, pictureOf, readStacks } from '.';

/** Draws the synthesized benchmark environment into docs/architecture. */
const root = workspaceRoot();
const stacks = readStacks(path.join(root, 'cdktf.out'), 'benchmark');
const folder = path.join(root, 'docs', 'architecture');
mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, 'what-runs-where.svg'), drawLanes(pictureOf(stacks)));
writeFileSync(path.join(folder, 'stacks.svg'), drawStacks(stacks));
