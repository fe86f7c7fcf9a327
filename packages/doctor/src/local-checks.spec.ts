import { diagnose, localChecks, type Machine } from '.';

const healthy: Machine = {
  nodeVersion: '22.11.0',
  cores: 8,
  memoryGb: 16,
  freeDiskGb: 50,
  loadPerCore: 0.1,
  chromium: '/usr/bin/chromium',
  liteLlmVersion: '1.108.7',
  terraformVersion: () => Promise.resolve('Terraform v1.11.4'),
};

const findingOf = async (machine: Machine, name: string) =>
  (await diagnose(localChecks(machine))).find((diagnosis) => diagnosis.name === name)?.finding;

describe('local checks', () => {
  it('find nothing to mend on a healthy machine', async () => {
    const states = (await diagnose(localChecks(healthy))).map((diagnosis) => diagnosis.finding.state);
    expect(new Set(states)).toEqual(new Set(['ok']));
  });

  it.each<[string, Partial<Machine>, string, string]>([
    ['Node', { nodeVersion: '20.18.9' }, 'missing', 'too old'],
    ['LiteLLM', { liteLlmVersion: undefined }, 'missing', 'no .venv'],
    ['cores', { cores: 2 }, 'warning', 'share them'],
    ['memory', { memoryGb: 2 }, 'missing', '2.0 GB'],
    ['load', { loadPerCore: 1.5 }, 'warning', 'something else is running'],
    ['disk', { freeDiskGb: 1 }, 'warning', '1.0 GB free'],
    ['Terraform', { terraformVersion: () => Promise.resolve('Terraform v1.9.8') }, 'warning', 'too old'],
    ['Terraform', { terraformVersion: () => Promise.resolve(undefined) }, 'warning', 'not on the PATH'],
    ['Chromium', { chromium: undefined }, 'warning', 'not found'],
  ])('report a poor %s', async (name, change, state, words) => {
    const finding = await findingOf({ ...healthy, ...change }, name);
    expect(finding).toMatchObject({ state });
    expect(finding?.seen).toContain(words);
    expect(finding?.remedy).toBeDefined();
  });

  it('report a check that throws with its own words, beside all the others', async () => {
    const broken: Machine = {
      ...healthy,
      terraformVersion: () => Promise.reject(new Error('terraform: permission denied')),
    };
    const diagnoses = await diagnose(localChecks(broken));
    expect(diagnoses).toHaveLength(localChecks(healthy).length);
    expect(diagnoses.find((diagnosis) => diagnosis.name === 'Terraform')?.finding).toEqual({
      state: 'missing',
      seen: 'terraform: permission denied',
    });
  });
});
