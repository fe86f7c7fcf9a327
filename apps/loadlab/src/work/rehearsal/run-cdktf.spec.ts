import { runCdktf } from './run-cdktf';
import type { Rehearsal } from './rehearsal';

/** Writes down which stacks each cdktf is run for; one of them may fail. */
function recorder(failing?: string, code = 1): Pick<Rehearsal, 'run'> & { readonly runs: string[][] } {
  const runs: string[][] = [];
  return {
    runs,
    run: (_command, args) => {
      const words = args.filter((word) => !word.startsWith('--'));
      runs.push(words);
      return Promise.resolve(failing !== undefined && words.includes(failing) ? code : 0);
    },
  };
}

const CHOSEN = ['network', 'database', 'loadtest'];

it('leaves all of them to one cdktf, which knows their order', async () => {
  const rehearsal = recorder();
  expect(await runCdktf(rehearsal, 'deploy', [], {})).toBe(0);
  expect(rehearsal.runs).toEqual([['deploy', '*']]);
});

it.each([
  ['deploy', CHOSEN],
  ['destroy', [...CHOSEN].reverse()],
] as const)('%s: gives it the chosen ones one by one, in order', async (verb, order) => {
  const rehearsal = recorder();
  expect(await runCdktf(rehearsal, verb, CHOSEN, {})).toBe(0);
  expect(rehearsal.runs).toEqual(order.map((id) => [verb, id]));
});

it('ends with the first one that fails', async () => {
  const rehearsal = recorder('database');
  expect(await runCdktf(rehearsal, 'deploy', CHOSEN, {})).toBe(1);
  expect(rehearsal.runs).toEqual([
    ['deploy', 'network'],
    ['deploy', 'database'],
  ]);
});

it('says where to look when it was killed, and fails as it does otherwise', async () => {
  const said = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(await runCdktf(recorder('network', 137), 'deploy', ['network'], {})).toBe(1);
  expect(said.mock.calls.join()).toContain('docs/state-locks.md');
  said.mockRestore();
});
