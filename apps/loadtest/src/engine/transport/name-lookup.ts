import { lookup, type LookupAddress, type LookupAllOptions, type LookupOptions } from 'node:dns';

/** How long addresses are kept. Load balancers on AWS grow by adding addresses, with a time to live of 60 s. */
const KEPT_MS = 5_000;

type Callback = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;
type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Looks the target's name up once in a while instead of once per connection (each of which would take a thread), and spreads
 * connections evenly over its addresses. Fits the `lookup` option of `net.connect`.
 */
export class NameLookup {
  readonly #clock: () => number;
  readonly #resolve: Resolve;
  readonly #waiting: ((error: NodeJS.ErrnoException | null) => void)[] = [];
  #addresses: LookupAddress[] = [];
  #validUntilMs = -Infinity;
  #turn = 0;

  /** `resolve` is the operating system's resolver unless another is given. */
  constructor(clock: () => number, resolve: Resolve = lookup) {
    this.#clock = clock;
    this.#resolve = resolve;
  }

  readonly lookup = (hostname: string, options: LookupOptions, callback: Callback): void => {
    const answer = (error: NodeJS.ErrnoException | null): void => {
      const [first] = this.#addresses;
      if (error !== null) callback(error, []);
      else if (options.all === true) callback(null, this.#inTurn());
      else callback(null, first?.address ?? '', first?.family);
    };
    if (this.#clock() < this.#validUntilMs) {
      answer(null);
      return;
    }
    this.#waiting.push(answer);
    if (this.#waiting.length === 1) this.#refresh(hostname);
  };

  #refresh(hostname: string): void {
    this.#resolve(hostname, { all: true }, (error, addresses) => {
      if (error === null) {
        this.#addresses = addresses;
        this.#validUntilMs = this.#clock() + KEPT_MS;
      }
      for (const answer of this.#waiting.splice(0)) answer(error);
    });
  }

  /** Node tries the addresses in order. Where IPv4 and IPv6 are mixed it has a preference of its own, which is left to it. */
  #inTurn(): LookupAddress[] {
    const families = new Set(this.#addresses.map(({ family }) => family));
    if (families.size > 1 || this.#addresses.length < 2) return this.#addresses;
    this.#turn = (this.#turn + 1) % this.#addresses.length;
    return [...this.#addresses.slice(this.#turn), ...this.#addresses.slice(0, this.#turn)];
  }
}
