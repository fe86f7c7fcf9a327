import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { STACK } from '../src/plan-files';
import { ownState, readStack } from '../src/state-identity';
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

describe('what a stack reads of another', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'loadlab-reads-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each<[string, string, string[] | undefined]>([
    ['by name', '${data.terraform_remote_state.network.outputs.vpcId}', ['vpcId']],
    ['by a quoted name', '${data.terraform_remote_state.network.outputs["vpcId"]}', ['vpcId']],
    ['of a stack with a longer name', '${data.terraform_remote_state.network-2.outputs.vpcId}', []],
    ['as a whole', '${jsonencode(data.terraform_remote_state.network.outputs)}', undefined],
    ['by a name that is told later', '${data.terraform_remote_state.network.outputs[local.name]}', undefined],
  ])('%s', (_, input, outputs) => {
    const data = { terraform_remote_state: { network: { backend: 'local', config: {} } } };
    writeFileSync(
      path.join(folder, STACK),
      JSON.stringify({ data, resource: { terraform_data: { main: { input } } } }),
    );
    expect(readStack(folder).upstream).toEqual([expect.objectContaining({ name: 'network', outputs })]);
  });
});
