import { ownState } from '../src/state-identity';
import type { Terraform } from '../src/terraform';

/** A Terraform whose `state pull` prints this. */
const printing =
  (output: string): Terraform =>
  () =>
    Promise.resolve({ code: 0, output, errors: '' });

describe('the state of a stack', () => {
  it.each([
    ['which some backends say by printing nothing', ''],
    [
      'which S3 says by an empty state of no lineage',
      '{"version":4,"terraform_version":"1.11.4","serial":0,"lineage":"","outputs":{},"resources":[]}',
    ],
  ])('does not exist before its first apply, %s', async (_, output) => {
    expect(await ownState('.', printing(output))).toBeUndefined();
  });

  it('is told by its lineage and serial, also when it holds nothing any more', async () => {
    const output = '{"version":4,"serial":7,"lineage":"a-b","outputs":{},"resources":[]}';
    expect(await ownState('.', printing(output))).toEqual({ lineage: 'a-b', serial: 7 });
  });
});
