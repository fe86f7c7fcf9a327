import { combine, type Section } from './comment';

const environments = (count: number): Section[] =>
  Array.from({ length: count }, (_, index) => ({
    environment: `lab-${index}`,
    code: 0,
    report: `## \`lab-${index}\`\n\n### medium\n\n<details>\n${'x'.repeat(4000)}\n</details>\n`,
  }));

it('is left whole where it fits', () => {
  const text = combine('pr', 0, environments(2), 65_000);
  expect(text).toContain('Lint, types and tests of what changed pass.');
  expect(text.match(/<details>/g)).toHaveLength(2);
  expect(text).not.toContain('does not fit');
});

it('has every verdict and no more than fits, also of forty environments', () => {
  const text = combine('pr', 0, environments(40), 65_000);
  expect(text.length).toBeLessThanOrEqual(65_000);
  expect(text.match(/### medium/g)).toHaveLength(40);
  expect(text.match(/The rest does not fit into one comment/g)).toHaveLength(40);
  expect(text).not.toContain('<details>');
});
