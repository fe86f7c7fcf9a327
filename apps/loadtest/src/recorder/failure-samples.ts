import type { FailureClass, Measurement } from '../measurement/measurement';

/** How many different messages are kept of each class. */
const MESSAGES_PER_CLASS = 5;
const LONGEST_MESSAGE = 300;
const SHORTEST_SECRET = 6;
const THE_REST = '(other messages)';

/** What differs from one failure to the next without being another failure: numbers, identifiers, times. */
const PARTICULARS = /[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{12,}|\d+(\.\d+)?/gi;
/** Keys in the words of others: gateways like to repeat the key that they refuse. */
const KEYS = /\b(sk-)[A-Za-z0-9_.*-]{3,}|\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=*-]{4,}/gi;

interface Sample {
  readonly message: string;
  count: number;
}

/** The target's own words about failures: a few messages per class, told apart by their words and not by their numbers. */
export class FailureSamples {
  readonly #byClass = new Map<FailureClass, Map<string, Sample>>();
  readonly #secrets: readonly string[];
  /** The words of the last failure: thousands in a row are alike, and need no second look. */
  #last: { failureClass: FailureClass; words: string; sample: Sample } | undefined;

  /** @param secrets are replaced wherever they occur in a message; very short ones are mere words */
  constructor(secrets: readonly string[]) {
    this.#secrets = secrets.filter((secret) => secret.length >= SHORTEST_SECRET);
  }

  add(failureClass: FailureClass, words: string): void {
    if (this.#last?.words !== words || this.#last.failureClass !== failureClass)
      this.#last = { failureClass, words, sample: this.#sampleFor(failureClass, words) };
    this.#last.sample.count += 1;
  }

  toList(): Measurement['failureSamples'] {
    return [...this.#byClass].flatMap(([failureClass, samples]) =>
      [...samples.values()].map(({ message, count }) => ({ class: failureClass, message, count })),
    );
  }

  #sampleFor(failureClass: FailureClass, words: string): Sample {
    const samples = this.#byClass.get(failureClass) ?? new Map<string, Sample>();
    this.#byClass.set(failureClass, samples);
    const message = this.#scrub(words).replace(/\s+/g, ' ').trim().slice(0, LONGEST_MESSAGE);
    const kind = message.replace(PARTICULARS, '#');
    const known = samples.get(kind);
    if (known !== undefined) return known;
    if (samples.size >= MESSAGES_PER_CLASS && kind !== THE_REST) return this.#sampleFor(failureClass, THE_REST);
    const sample = { message, count: 0 };
    samples.set(kind, sample);
    return sample;
  }

  #scrub(words: string): string {
    const known = this.#secrets.reduce((text, secret) => text.replaceAll(secret, '***'), words);
    return known.replace(KEYS, (_, sk: string | undefined, scheme: string | undefined) =>
      sk === undefined ? `${scheme ?? ''} ***` : 'sk-***',
    );
  }
}
