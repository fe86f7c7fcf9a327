import { isMap, isScalar, isSeq, parseDocument, visit, type Document } from 'yaml';

/** What people paste by mistake, each with the mark that its maker puts on it. None opens anything. */
export const secrets: Readonly<Record<string, string>> = {
  'an API key': `sk-${'Planted0'.repeat(4)}`,
  'an AWS access key': `AKIA${'PLANTED0'.repeat(2)}`,
  'a GitHub token': `ghp_${'Planted0'.repeat(5)}`,
  'an address with its password': 'https://planted:Planted0Planted0@example.com',
};

/** A YAML text with a secret somewhere in it. */
export interface Planted {
  /** `proxy.image`, `the key proxy.secrets.KEY`, `a comment`. */
  readonly where: string;
  readonly text: string;
}

/** The text with a secret in place of each string and of each key that is free, one at a time. */
export function plantEverywhere(text: string, secret: string, freeKeys: readonly string[]): Planted[] {
  const values = stringPaths(parseDocument(text)).map((path) => {
    const document = parseDocument(text);
    document.setIn(path, secret);
    return { where: path.join('.'), text: document.toString() };
  });
  const keys = freeKeys.map((key) => {
    const document = parseDocument(text);
    document.setIn([...key.split('.'), secret], 'planted');
    return { where: `a key of ${key}`, text: document.toString() };
  });
  return [...values, ...keys];
}

function stringPaths(document: Document): (string | number)[][] {
  const paths: (string | number)[][] = [];
  visit(document, {
    Scalar(_, node, ancestors) {
      if (typeof node.value !== 'string') return;
      const path = pathTo([...ancestors, node]);
      if (path !== undefined) paths.push(path);
    },
  });
  return paths;
}

/** Undefined for a key: only values are at a path. */
function pathTo(nodes: readonly unknown[]): (string | number)[] | undefined {
  const path: (string | number)[] = [];
  for (const [index, node] of nodes.entries()) {
    const parent = nodes[index - 1];
    if (isSeq(parent)) path.push(parent.items.indexOf(node));
    if (isMap(parent) && typeof node === 'object' && node !== null && 'key' in node && isScalar(node.key)) {
      path.push(String(node.key.value));
      const next = nodes[index + 1];
      if (next === node.key) return undefined;
    }
  }
  return path;
}
