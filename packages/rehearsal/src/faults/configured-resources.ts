import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isValues, type Values } from '../protocol/value';
import { toValue } from '../protocol/value-codec';
import type { ConfiguredResource } from './address-book';

/** Reads configurations in JSON (as cdktf writes them) from folders, and again when they change. */
export class ConfiguredResources {
  private readonly known = new Map<string, { time: number; resources: readonly ConfiguredResource[] }>();

  constructor(private readonly folders: () => readonly string[]) {}

  /** All resources of all configurations. */
  all(): readonly ConfiguredResource[] {
    return this.folders().flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.tf.json'))
        .flatMap((name) => this.ofFile(join(folder, name))),
    );
  }

  private ofFile(file: string): readonly ConfiguredResource[] {
    const time = statSync(file).mtimeMs;
    const known = this.known.get(file);
    if (known?.time === time) return known.resources;
    const resources = readResources(toValue(JSON.parse(readFileSync(file, 'utf8'))));
    this.known.set(file, { time, resources });
    return resources;
  }
}

function readResources(document: ReturnType<typeof toValue>): ConfiguredResource[] {
  const types: Values = isValues(document) && isValues(document.resource) ? document.resource : {};
  return Object.entries(types).flatMap(([type, named]) =>
    Object.entries(isValues(named) ? named : {}).map(([name, config]) => ({
      address: `${type}.${name}`,
      type,
      config: isValues(config) ? config : {},
    })),
  );
}
