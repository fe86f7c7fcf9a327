import { readFileSync } from 'node:fs';
import { planCases } from './plans/cases';
import { committedPlan, SUMMARIES } from './plans/committed-plan';
import { makePlans } from './plans/make-plan';

jest.setTimeout(30 * 60_000);

const isFull = process.env.LOADLAB_TEST_FULL === '1';
/** One of each kind that is quick to make; in full, all of them. */
const SAMPLE = new Set(['create', 'move', 'sensitive']);
const chosen = planCases.filter(({ name }) => isFull || SAMPLE.has(name));

it('real Terraform makes the committed plans again', async () => {
  const summaries = JSON.parse(readFileSync(SUMMARIES, 'utf8')) as Record<string, string>;
  const made: string[] = [];
  await makePlans(chosen, ({ name }, { plan, summary }) => {
    expect({ name, plan }).toEqual({ name, plan: JSON.parse(readFileSync(committedPlan(name), 'utf8')) as unknown });
    expect({ name, summary }).toEqual({ name, summary: summaries[name] });
    made.push(name);
  });
  expect(made).toEqual(chosen.map(({ name }) => name));
});
