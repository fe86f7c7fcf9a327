import { z } from 'zod';
import { InputError } from '../problems/problem';
import { defineContract, readOutputs } from './contract';

const contract = defineContract(
  'network',
  z.object({ vpcId: z.string().startsWith('vpc-'), subnetIds: z.array(z.string()), port: z.number().int() }),
);
const printed = {
  vpcId: { sensitive: false, type: 'string', value: 'vpc-1' },
  subnetIds: { sensitive: false, type: ['tuple', ['string', 'string']], value: ['subnet-1', 'subnet-2'] },
  port: { sensitive: false, type: 'number', value: 4000 },
};

describe('the outputs of a deployed stack', () => {
  it('are read from what Terraform prints, those of the contract only', () => {
    const json = JSON.stringify({ ...printed, other: { value: 1 } });
    expect(readOutputs(contract, json)).toEqual({ vpcId: 'vpc-1', subnetIds: ['subnet-1', 'subnet-2'], port: 4000 });
  });

  it.each([
    ['nothing', '', ['not what `terraform output -json` prints']],
    ['a warning', 'Warning: No outputs found', ['not what `terraform output -json` prints']],
    ['a list', '[]', ['not what `terraform output -json` prints']],
    ['no outputs', '{}', ['vpcId is missing', 'subnetIds is missing', 'port is missing']],
    [
      'an output of another type',
      JSON.stringify({ ...printed, port: { value: '4000' } }),
      ['port Invalid input: expected number, received string'],
    ],
  ])('are refused when there is %s', (_what, json, messages) => {
    let problems: readonly string[] = [];
    try {
      readOutputs(contract, json);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems = error.problems.map(({ path, message }) => `${path} ${message}`.trim());
      expect(error.problems.every(({ hint }) => hint?.includes('deploy') === true)).toBe(true);
    }
    expect(problems).toEqual(messages);
  });
});
