import { formatPlanReport, type PlannedStack } from './plan-report';

const report = (stacks: readonly PlannedStack[]): string =>
  formatPlanReport({ environment: 'mine', stacks, review: undefined, notes: [], flags: [] }, 60_000);
const failed = (reason?: string): PlannedStack => ({
  project: 'network',
  name: 'network',
  manifest: undefined,
  reason,
});

it('a stack that could not be planned comes first, with the reason: the verdict is not of the whole change', () => {
  const text = report([failed('its state is locked by ci@runner-7 since 13:45')]);
  expect(text).toMatch(
    /^## `mine`\n\n### ⛔ not everything could be planned\n\n\*\*This is no review of the whole change/,
  );
  expect(text).toContain('- `network`: `its state is locked by ci@runner-7 since 13:45`');
  expect(report([failed()])).toContain('- `network`: not tried after another one failed, or the log says why');
});

it('a reason stays one short line of code, whatever it holds', () => {
  const text = report([failed(`\`</details>\n# boo ${'x'.repeat(2000)}`)]);
  expect(text).toMatch(/- `network`: `'<\/details> # boo x{1,500}…`\n/);
});
