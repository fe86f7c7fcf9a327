import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { planCases } from './cases';
import { makePlans } from './make-plan';
import { committedPlan, SUMMARIES } from './committed-plan';

/** Makes the committed plans again: all, or those whose names are given. */
async function main(names: readonly string[]): Promise<void> {
  const wanted = planCases.filter(({ name }) => names.length === 0 || names.includes(name));
  await makePlans(wanted, ({ name }, { plan, summary }) => {
    writeFileSync(committedPlan(name), `${JSON.stringify(plan)}\n`);
    const summaries = JSON.parse(readFileSync(SUMMARIES, 'utf8')) as Record<string, string>;
    const all = Object.entries({ ...summaries, [name]: summary }).sort(([left], [right]) => (left < right ? -1 : 1));
    writeFileSync(SUMMARIES, `${JSON.stringify(Object.fromEntries(all), null, 2)}\n`);
    console.log(`${path.basename(committedPlan(name))}: ${summary}`);
  });
}

void main(process.argv.slice(2));
