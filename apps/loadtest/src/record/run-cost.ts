import type { RunRecord } from './record-schema';

/** What the deployed target costs while it stands, by list prices. */
export interface HourlyCost {
  readonly currency: 'USD';
  readonly hourly: number;
  /** What depends on use, and is not in it. */
  readonly notCounted: readonly string[];
  /** Whose prices, of when, and of what. */
  readonly basis: string;
}

const SECONDS_PER_HOUR = 3600;
const MILLION = 1_000_000;

/** What a run of so many seconds cost, and a million requests at the rate that it achieved. */
export function runCost(
  { currency, hourly, notCounted, basis }: HourlyCost,
  { seconds, achieved }: { readonly seconds: number; readonly achieved: number },
): NonNullable<RunRecord['cost']> {
  return {
    currency,
    hourly,
    run: (hourly * seconds) / SECONDS_PER_HOUR,
    ...(achieved > 0 ? { perMillionRequests: ((hourly / SECONDS_PER_HOUR) * MILLION) / achieved } : {}),
    notCounted: [...notCounted],
    basis,
  };
}
