import { canonical, isKnown, isValues, type Value, type Values } from '../protocol/value';

/** One resource of a configuration: what is written about it. */
export interface ConfiguredResource {
  readonly address: string;
  readonly type: string;
  /** The block as it stands in JSON, with `${…}` where it refers to others. */
  readonly config: Values;
}

/** `${aws_vpc.main.id}`, and nothing else around it. */
const REFERENCE = /^\$\{([a-z]\w*\.[\w-]+)\.(\w+)\}$/;
/** Of the configuration's language rather than the resource's schema. */
const META = new Set(['//', 'lifecycle', 'depends_on', 'provider', 'provisioner', 'connection', 'count', 'for_each']);

/**
 * Tells the address of a resource from its values. The plugin protocol never says it; but the configuration says which
 * values each address must have, and what it refers to was seen before, since Terraform goes in the order of references.
 * Elements of `count` and `for_each` share their address without the index.
 */
export class AddressBook {
  private readonly seen = new Map<string, Values>();

  constructor(private readonly configured: () => readonly ConfiguredResource[]) {}

  /** Addresses that can have these values: those that say most about them. Several, when nothing tells them apart. */
  addressesOf(type: string, values: Values): string[] {
    const scored = this.configured()
      .filter((resource) => resource.type === type)
      .flatMap(({ address, config }) => {
        const agreements = this.agreements(config, values);
        return agreements === undefined ? [] : [{ address, agreements }];
      });
    const most = Math.max(...scored.map(({ agreements }) => agreements));
    return scored.filter(({ agreements }) => agreements === most).map(({ address }) => address);
  }

  /** Remembers what a resource turned out to be, for those that refer to it. */
  remember(addresses: readonly string[], values: Values): void {
    const [only] = addresses;
    if (addresses.length === 1 && only !== undefined) this.seen.set(only, values);
  }

  /** How many attributes are as they are configured; undefined when one is not. */
  private agreements(config: Values, values: Values): number | undefined {
    let count = 0;
    for (const [name, configured] of Object.entries(config)) {
      if (META.has(name)) continue;
      const expected = this.evaluate(configured);
      const actual = values[name];
      if (expected === undefined || actual === undefined || actual === null || !isKnown(actual)) continue;
      if (canonical(plain(expected)) !== canonical(plain(actual))) return undefined;
      count += 1;
    }
    return count;
  }

  /** The value of what is written; undefined when it hangs on something that was not seen, or needs Terraform to compute. */
  private evaluate(configured: Value): Value | undefined {
    if (typeof configured !== 'string') return containsExpression(configured) ? undefined : configured;
    if (!configured.includes('${')) return configured;
    const [, address = '', attribute = ''] = REFERENCE.exec(configured) ?? [];
    return this.seen.get(address)?.[attribute] ?? undefined;
  }
}

/** Only plain values are compared: blocks are completed by defaults, and sets have no order. */
function plain(value: Value): Value {
  if (isValues(value) || Array.isArray(value)) return null;
  // A configuration may write numbers and truth values as text.
  return typeof value === 'number' || typeof value === 'boolean' ? JSON.stringify(value) : value;
}

function containsExpression(value: Value): boolean {
  if (typeof value === 'string') return value.includes('${');
  if (Array.isArray(value)) return value.some(containsExpression);
  return isValues(value) && Object.values(value).some(containsExpression);
}
