import { z } from 'zod';

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly const?: string | number | boolean | null;
  readonly enum?: readonly (string | number | boolean | null)[];
  readonly type?: string;
}

/** Keys that the schema knows at a path, over all its alternatives there: for did-you-mean. */
export function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  return [...new Set(alternativesAt(schema, path).flatMap((node) => Object.keys(node.properties ?? {})))];
}

/** The choices that the schema leaves at a path, in words: `the word none`, `an object with min, max`. */
export function choicesAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  return alternativesAt(schema, path).map(inWords);
}

function inWords(node: JsonSchema): string {
  if (node.const !== undefined) return typeof node.const === 'string' ? `the word ${node.const}` : String(node.const);
  if (node.enum !== undefined) return node.enum.map(String).join(' or ');
  if (node.type === 'object') {
    const keys = Object.keys(node.properties ?? {});
    return keys.length > 0 ? `an object with ${keys.join(', ')}` : 'an object';
  }
  return nameOfType(node.type ?? 'value');
}

/** A type for people: `a whole number`, `true or false`, `a list`. */
export function nameOfType(type: string): string {
  const names: Readonly<Record<string, string>> = {
    array: 'a list',
    bool: 'true or false',
    boolean: 'true or false',
    int: 'a whole number',
    integer: 'a whole number',
    record: 'an object',
  };
  return names[type] ?? (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);
}

/** Walks the JSON Schema of what people write, which sees through every wrapper of zod's. */
function alternativesAt(schema: z.ZodType, path: readonly PropertyKey[]): JsonSchema[] {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as JsonSchema;
  let nodes = leaves(root);
  for (const part of path) {
    nodes = nodes.flatMap((node) => {
      const others = typeof node.additionalProperties === 'object' ? node.additionalProperties : undefined;
      const child = typeof part === 'number' ? node.items : (node.properties?.[String(part)] ?? others);
      return child === undefined ? [] : leaves(child);
    });
  }
  return nodes;
}

/** The alternatives of a node, without those that only add conditions (`{ required: [...] }`). */
function leaves(node: JsonSchema): JsonSchema[] {
  const nested = [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])];
  const itself = node.type !== undefined || node.const !== undefined || node.enum !== undefined ? [node] : [];
  return [...itself, ...nested.flatMap(leaves)];
}
