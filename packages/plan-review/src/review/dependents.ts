import type { ConfiguredModule, ModuleCall, PlanJson } from '../plan/plan-json';
import { isObject } from '../values/masks';

/** Who refers to whom in a stack's configuration: for each address, those that directly refer to it, sorted. */
export type Dependents = ReadonlyMap<string, readonly string[]>;

/** Variables and outputs of modules: references pass through them, but nobody deploys them. */
const PASSAGE = /(?:^|\.)(?:var|output)\.[^.[]+$|^call /;

/**
 * Reads the references of a plan's configuration, through the variables and outputs of modules at any depth. Addresses are those of
 * the configuration: without keys of instances. What passes through a `locals` block is not seen: a plan does not hold these.
 */
export function dependentsOf(plan: PlanJson): Dependents {
  const edges = new Map<string, Set<string>>();
  const connect = (target: string, dependent: string): void => {
    if (target === dependent) return;
    const known = edges.get(target);
    if (known === undefined) edges.set(target, new Set([dependent]));
    else known.add(dependent);
  };
  connectModule('', plan.configuration?.root_module ?? {}, undefined, connect);
  return new Map([...edges].map(([target, dependents]) => [target, [...dependents].sort()]));
}

type Connect = (target: string, dependent: string) => void;

function connectModule(prefix: string, module: ConfiguredModule, call: string | undefined, connect: Connect): void {
  const names = namesIn(prefix, module);
  const refer = (dependent: string, ...expressions: readonly unknown[]): void => {
    for (const reference of new Set(expressions.flatMap(referencesIn))) {
      const target = names(reference);
      if (target !== undefined) connect(target, dependent);
    }
  };
  for (const resource of module.resources ?? []) {
    const address = `${prefix}${resource.address}`;
    refer(address, resource.expressions, resource.count_expression, resource.for_each_expression);
    refer(address, { references: resource.depends_on });
    if (call !== undefined) connect(call, address);
  }
  for (const [name, output] of Object.entries(module.outputs ?? {})) refer(`${prefix}output.${name}`, output);
  for (const [name, called] of Object.entries(module.module_calls ?? {}))
    connectCall(`${prefix}module.${name}`, called, refer, connect, call);
}

function connectCall(
  address: string,
  { expressions, count_expression: count, for_each_expression: forEach, depends_on: dependsOn, module }: ModuleCall,
  refer: (dependent: string, ...expressions: readonly unknown[]) => void,
  connect: Connect,
  outer: string | undefined,
): void {
  for (const [variable, expression] of Object.entries(expressions ?? {}))
    refer(`${address}.var.${variable}`, expression);
  const call = `call ${address}`;
  refer(call, count, forEach, { references: dependsOn });
  if (outer !== undefined) connect(outer, call);
  if (module !== undefined) connectModule(`${address}.`, module, call, connect);
}

/** Turns a reference as a module writes it into the address of what it means; undefined for what is nothing of the plan. */
function namesIn(prefix: string, module: ConfiguredModule): (reference: string) => string | undefined {
  const resources = new Set((module.resources ?? []).map(({ address }) => address));
  return (reference) => {
    const parts = withoutKeys(reference).split('.');
    const [first, second, third] = parts;
    if (first === 'var') return `${prefix}var.${second ?? ''}`;
    if (first === 'module') return third === undefined ? undefined : `${prefix}module.${second ?? ''}.output.${third}`;
    const address = parts.slice(0, first === 'data' ? 3 : 2).join('.');
    return resources.has(address) ? `${prefix}${address}` : undefined;
  };
}

/** What feels a change. */
export interface Felt {
  /** The nearest, at most a hundred: nobody reads more, and in a large stack everything hangs on its network. */
  readonly nearest: readonly string[];
  /** How many there are in all. */
  readonly count: number;
}

const MOST_NEAREST = 100;

/** Finds all that would feel a change of an address, directly or through others, nearest first. */
export function downstreamFinder(dependents: Dependents): (address: string) => Felt {
  const names = [...new Set([...dependents.keys(), ...[...dependents.values()].flat()])];
  const numbers = new Map(names.map((name, index) => [name, index]));
  // The dependents of the n-th name are those from first[n] to first[n + 1].
  const lists = names.map((name) => dependents.get(name) ?? []);
  const first = new Int32Array(names.length + 1);
  lists.forEach((list, index) => (first[index + 1] = (first[index] ?? 0) + list.length));
  const edges = Int32Array.from(lists.flat(), (dependent) => numbers.get(dependent) ?? 0);
  const isPassage = names.map((name) => PASSAGE.test(name));
  // Which walk came by last: cheaper than a new set for each of thousands of changes.
  const seen = new Int32Array(names.length);
  const queue = new Int32Array(names.length);
  const known = new Map<string, Felt>();
  let walk = 0;

  const find = (start: number): Felt => {
    walk += 1;
    seen[start] = walk;
    queue[0] = start;
    let length = 1;
    let count = 0;
    const nearest: string[] = [];
    for (let head = 0; head < length; head += 1) {
      const current = queue[head] ?? 0;
      const end = first[current + 1] ?? 0;
      for (let edge = first[current] ?? 0; edge < end; edge += 1) {
        const next = edges[edge] ?? 0;
        if (seen[next] === walk) continue;
        seen[next] = walk;
        queue[length] = next;
        length += 1;
        if (isPassage[next] === true) continue;
        count += 1;
        if (nearest.length < MOST_NEAREST) nearest.push(names[next] ?? '');
      }
    }
    return { nearest, count };
  };

  return (address) => {
    const configured = withoutKeys(address);
    const start = numbers.get(configured);
    const felt = known.get(configured) ?? (start === undefined ? { nearest: [], count: 0 } : find(start));
    known.set(configured, felt);
    return felt;
  };
}

/** An address without the keys of instances: `module.a["x"].aws_subnet.app[0]` is configured as `module.a.aws_subnet.app`. */
export function withoutKeys(address: string): string {
  return address.includes('[') ? address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*"|[^\]]*)\]/g, '') : address;
}

/** Every reference that an expression, or a tree of them, holds. */
export function referencesIn(value: unknown): string[] {
  const found: string[] = [];
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(visit);
    if (!isObject(part)) return;
    if (Array.isArray(part.references))
      for (const reference of part.references) if (typeof reference === 'string') found.push(reference);
    Object.values(part).forEach(visit);
  };
  visit(value);
  return found;
}
