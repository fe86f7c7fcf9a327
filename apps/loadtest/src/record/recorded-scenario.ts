import { z } from 'zod';
import { headerVariables } from '../scenario/request-headers';
import type { Scenario } from '../scenario/scenario';
import { SCENARIO_NAME } from '../scenario/scenario-schema';

const seconds = () => z.number().nonnegative();
const positive = () => z.number().positive();

const arrival = z.union([
  z.strictObject({
    closed: z.strictObject({
      users: z.number().int().positive(),
      thinkTime: z.strictObject({ min: seconds(), max: seconds() }),
      rampUp: positive().exactOptional(),
    }),
  }),
  z.strictObject({
    open: z.strictObject({
      rate: positive(),
      process: z.enum(['poisson', 'uniform']),
      maxInFlight: z.number().int().positive(),
    }),
  }),
]);

const prompt = z.union([
  z.strictObject({ bytes: z.number().int().positive(), unique: z.boolean() }),
  z.strictObject({ text: z.string() }),
  z.strictObject({ file: z.string(), order: z.enum(['sequential', 'shuffled']) }),
]);

/** A scenario as a record holds it: resolved, in seconds, rates per second and fractions. */
export const recordedScenarioSchema: z.ZodType<Scenario, Scenario> = z.strictObject({
  name: z.string().regex(SCENARIO_NAME),
  description: z.string().exactOptional(),
  arrival,
  warmUp: seconds(),
  duration: positive(),
  timeout: positive(),
  request: z.strictObject({
    path: z.string(),
    model: z.string(),
    prompt,
    maxTokens: z.number().int().positive().exactOptional(),
    stream: z.boolean(),
    headers: z.record(z.string(), z.string()).describe('Names only: env:NAME, or (not recorded)'),
  }),
  seed: z.number().int(),
  slo: z.strictObject({
    p50: seconds().exactOptional(),
    p90: seconds().exactOptional(),
    p95: seconds().exactOptional(),
    p99: seconds().exactOptional(),
    p999: seconds().exactOptional(),
    ttftP50: seconds().exactOptional(),
    ttftP95: seconds().exactOptional(),
    gapP50: seconds().exactOptional(),
    gapP95: seconds().exactOptional(),
    overheadP95: seconds().exactOptional(),
    errorRate: z.number().min(0).max(1).exactOptional(),
    rate: z.number().nonnegative().exactOptional(),
  }),
});

const NOT_RECORDED = '(not recorded)';

/** A scenario without the values of its headers: a record is shown around, and what a header carries is nobody's business. */
export function recordedScenario(scenario: Scenario): Scenario {
  const variables = headerVariables(scenario.request.headers);
  const headers = Object.fromEntries(
    Object.keys(scenario.request.headers).map((name) => {
      const variable = variables.get(name);
      return [name, variable === undefined ? NOT_RECORDED : `env:${variable}`];
    }),
  );
  return { ...scenario, request: { ...scenario.request, headers } };
}
