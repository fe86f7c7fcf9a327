import { canonical, isUnknown, isValues, UNKNOWN, type Known, type Value, type Values } from '../protocol/value';
import type { Block } from '../schemas/schema';

/** Tables of a resource type that say what a plan fills in. */
export interface PlanTables {
  readonly defaults: Readonly<Record<string, Known>>;
  readonly computedBlocks: ReadonlySet<string>;
}

/**
 * What the real provider plans from Terraform's proposal: defaults filled in, and unknown what AWS will compute.
 * Terraform's proposal holds the configuration and, for unset computed attributes, the prior value. The prior is null for
 * a new object; for nested ones it is the corresponding element.
 */
export function planValues(
  block: Block,
  tables: PlanTables,
  proposed: Values,
  prior: Values | null,
  path = '',
): Values {
  const planned: Values = {};
  for (const [name, attribute] of Object.entries(block.attributes)) {
    const value = proposed[name] ?? null;
    const fallback = tables.defaults[join(path, name)];
    // A write-only value reaches the apply through the configuration alone.
    if (attribute.writeOnly === true) planned[name] = null;
    else if (value !== null) planned[name] = value;
    else if (fallback !== undefined) planned[name] = fallback;
    else if (attribute.computed === true) planned[name] = prior === null ? UNKNOWN : (prior[name] ?? null);
    else planned[name] = null;
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    const here = join(path, name);
    const value = proposed[name] ?? null;
    const before = prior?.[name] ?? null;
    if (isUnknown(value) || value === null) planned[name] = value;
    else if (isValues(value)) {
      planned[name] = planValues(nested.block, tables, value, isValues(before) ? before : null, here);
    } else if (Array.isArray(value)) {
      const omitted = value.length === 0 && tables.computedBlocks.has(here);
      if (omitted) planned[name] = prior === null ? UNKNOWN : before;
      else planned[name] = planElements(nested.block, tables, value, before, nested.nesting === 'set', here);
    }
  }
  return planned;
}

function planElements(
  block: Block,
  tables: PlanTables,
  elements: Value[],
  before: Value,
  unordered: boolean,
  path: string,
): Value[] {
  const priors = Array.isArray(before) ? before : [];
  return elements.map((element, index) => {
    if (!isValues(element)) return element;
    // Elements of sets have no place: the one that corresponds is the one that says the same where both say something.
    const prior = unordered ? priors.find((candidate) => agrees(element, candidate)) : priors[index];
    return planValues(block, tables, element, isValues(prior) ? prior : null, path);
  });
}

/** True when the candidate has everything that the element says; unset is silent, at every depth. */
function agrees(element: Value, candidate: Value | undefined): boolean {
  if (element === null || isEmpty(element)) return true;
  if (Array.isArray(element) && Array.isArray(candidate))
    return element.length === candidate.length && element.every((member, index) => agrees(member, candidate[index]));
  if (isValues(element) && isValues(candidate))
    return Object.entries(element).every(([name, member]) => agrees(member, candidate[name]));
  return canonical(element) === canonical(candidate);
}

function isEmpty(value: Value): boolean {
  return Array.isArray(value) && value.length === 0;
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
