/** One thing that a local process gets otherwise than the container on Fargate. Never holds a secret's value. */
export interface Rewriting {
  readonly container: string;
  /** Where in the container definition: `command[1]`, `environment.MOCK_OPENAI_URL`, `image`. */
  readonly place: string;
  /** As the container definition has it; empty for something that it does not say. */
  readonly before: string;
  /** As the local process has it; empty for something that has no effect here. */
  readonly after: string;
  readonly why: string;
}

/** One line for a log: `litellm command[3]: 4000 -> 23117 (a free port of this machine)`. */
export function describeRewriting({ container, place, before, after, why }: Rewriting): string {
  const arrow = [before, after].map((text) => (text === '' ? '(nothing)' : text)).join(' -> ');
  return `${container} ${place}: ${arrow} (${why})`;
}
