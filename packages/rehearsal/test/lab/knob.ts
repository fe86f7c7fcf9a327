/** A part of an environment, to be put over the original. */
export type Knob = Record<string, unknown>;

/** An environment with a knob turned: sections are merged, everything else is replaced, also by what exists. */
export function turn(environment: Knob, knob: Knob): Knob {
  const turned = { ...environment };
  for (const [name, value] of Object.entries(knob)) {
    const former = turned[name];
    turned[name] = isSection(value) && isSection(former) && !('existing' in value) ? turn(former, value) : value;
  }
  return turned;
}

function isSection(value: unknown): value is Knob {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
