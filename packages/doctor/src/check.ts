/** What a check found. */
export interface Finding {
  /** `missing` must be mended before the named work can start, `warning` can be lived with. */
  readonly state: 'ok' | 'warning' | 'missing';
  /** What was seen: a version, a path, a number with its unit. */
  readonly seen: string;
  /** What to do about it, as a command where there is one. */
  readonly remedy?: string;
}

/** One thing that LoadLab needs from where it runs. */
export interface Check {
  readonly name: string;
  /** What it is needed for: `npm run benchmark`, `cdktf deploy`. */
  readonly neededFor: string;
  readonly run: () => Promise<Finding> | Finding;
}

/** A check and what it found. */
export interface Diagnosis {
  readonly name: string;
  readonly neededFor: string;
  readonly finding: Finding;
}

/** Runs all checks side by side; one that throws is reported as missing with its own words, and hides no other. */
export async function diagnose(checks: readonly Check[]): Promise<Diagnosis[]> {
  return Promise.all(
    checks.map(async ({ name, neededFor, run }) => {
      try {
        return { name, neededFor, finding: await run() };
      } catch (error) {
        return {
          name,
          neededFor,
          finding: { state: 'missing', seen: error instanceof Error ? error.message : String(error) } as const,
        };
      }
    }),
  );
}
