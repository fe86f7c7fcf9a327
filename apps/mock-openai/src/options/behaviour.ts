import { didYouMean } from '@loadlab/foundation';
import { type ApiError, invalidRequest } from '../answers/api-error';
import { type MockOptions, refusal, valueSchemas } from './mock-options';

/** How one request is answered. Times in ms after its last byte, `errorRate` a fraction. */
export interface Behaviour {
  readonly latencyMs: number;
  readonly latencySigma: number;
  readonly ttftMs: number;
  readonly gapMs: number;
  readonly tokens: number;
  readonly errorRate: number;
  readonly errorStatus: number;
}

/** How requests are answered that do not say otherwise. */
export function behaviourOf(options: MockOptions): Behaviour {
  return {
    latencyMs: options.latencySeconds * 1000,
    latencySigma: options.latencySigma,
    ttftMs: options.ttftSeconds * 1000,
    gapMs: options.gapSeconds * 1000,
    tokens: options.tokens,
    errorRate: options.errorRate,
    errorStatus: options.errorStatus,
  };
}

interface Knob {
  readonly parse: (text: string) => { readonly value: number } | { readonly problem: string };
  readonly change: (value: number) => Partial<Behaviour>;
}

const knob = (
  flag: Exclude<keyof typeof valueSchemas, 'host'>,
  change: (value: number) => Partial<Behaviour>,
): Knob => ({
  parse(text) {
    const result = valueSchemas[flag].safeParse(text);
    return result.success ? { value: result.data } : { problem: result.error.issues[0]?.message ?? 'is not valid' };
  },
  change,
});

const OK = 200;
const sigma = knob('latency-sigma', (value) => ({ latencySigma: value }));
const knobs = new Map<string, Knob>(
  Object.entries({
    latency: knob('latency', (seconds) => ({ latencyMs: seconds * 1000 })),
    sigma,
    'latency-sigma': sigma,
    ttft: knob('ttft', (seconds) => ({ ttftMs: seconds * 1000 })),
    gap: knob('gap', (seconds) => ({ gapMs: seconds * 1000 })),
    tokens: knob('tokens', (tokens) => ({ tokens })),
    'error-rate': knob('error-rate', (errorRate) => ({ errorRate })),
    'error-status': knob('error-status', (errorStatus) => ({ errorStatus })),
    status: {
      parse: (text) =>
        Number(text) === OK || valueSchemas['error-status'].safeParse(text).success
          ? { value: Number(text) }
          : { problem: 'must be 200 or an HTTP status of an error (400 to 599)' },
      // 200 switches errors off, any other makes them certain.
      change: (status) => (status === OK ? { errorRate: 0 } : { errorRate: 1, errorStatus: status }),
    },
  }),
);

/**
 * Reads the knobs in a model's name: `mock;latency=250ms;tokens=32;status=429` (`any-name;knob=value…`), written as the flags are.
 * They travel in the model because it is the one thing that every gateway passes on.
 * @throws {ApiError} 400 that names every malformed part
 */
export function behaviourOfModel(model: string, defaults: Behaviour): Behaviour {
  const [, ...parts] = model.split(';');
  if (parts.length === 0) return defaults;
  const problems: string[] = [];
  const seen = new Set<string>();
  let behaviour = defaults;
  for (const part of parts) {
    const [name = '', value, ...rest] = part.split('=').map((text) => text.trim());
    const known = knobs.get(name);
    if (value === undefined || rest.length > 0) problems.push(`"${part}" must be knob=value`);
    else if (known === undefined) problems.push(unknownKnob(name));
    else if (seen.has(name)) problems.push(`"${name}" is given more than once`);
    else {
      const result = known.parse(value);
      if ('problem' in result) problems.push(`${name} ${refusal(result.problem, value)}`);
      else behaviour = { ...behaviour, ...known.change(result.value) };
    }
    seen.add(name);
  }
  if (seen.has('status') && seen.has('error-rate')) problems.push('"status" and "error-rate" contradict each other');
  if (problems.length > 0) throw malformed(model, problems);
  return behaviour;
}

function unknownKnob(name: string): string {
  const likely = didYouMean(name, [...knobs.keys()]);
  const hint = likely === undefined ? `allowed: ${[...knobs.keys()].join(', ')}` : `did you mean "${likely}"?`;
  return `"${name}" is no knob (${hint})`;
}

function malformed(model: string, problems: readonly string[]): ApiError {
  return invalidRequest(
    `Malformed override in model "${model.slice(0, 200)}": ${problems.join('; ')}.`,
    'model',
    'invalid_model_override',
  );
}
