import { LONGEST_PREFIX } from './physical-name';

/** Small letters, digits and single dashes, starting with a letter: it becomes part of ids, state keys and names in AWS. */
export function isEnvironmentName(name: string): boolean {
  return /^[a-z](?:[a-z0-9]|-(?=[a-z0-9]))*$/.test(name);
}

/** The nearest name that an environment may have: `My_Lab 2` -> `my-lab-2`. */
export function nearestName(name: string): string {
  const cleaned = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-$/g, '');
  return cleaned === '' ? 'lab' : cleaned;
}

/** The nearest name that also leaves room for its namespace: for a folder outside `environments/`, whose name nobody chose for this. */
export function fittingName(folder: string, namespace: string): string {
  const room = Math.max(1, LONGEST_PREFIX - namespace.length - 1);
  return nearestName(folder).slice(0, room).replace(/-$/, '');
}
