import { join } from 'node:path';
import { testEnvironment, type EnvironmentInput } from '../testing';
import { stateLocation } from './state-location';

const NAMESPACE = 'my-lab';

function locate(backend: EnvironmentInput['backend'], workingDirectory = '/anywhere') {
  const environment = testEnvironment({ namespace: NAMESPACE, backend }, { name: 'trial-2' });
  return stateLocation(environment, 'mock-openai', workingDirectory);
}

describe('where a state lies', () => {
  it.each([
    [
      's3',
      { s3: { bucket: 'states', region: 'eu-west-1' } },
      { bucket: 'states', region: 'eu-west-1', key: 'my-lab/trial-2/mock-openai.tfstate' },
      { encrypt: true, use_lockfile: true },
    ],
    [
      's3',
      {
        s3: {
          bucket: 'states',
          region: 'eu-west-1',
          kmsKeyId: 'alias/states',
          roleArn: 'arn:aws:iam::123456789012:role/states',
          endpoint: 'http://127.0.0.1:5000',
          usePathStyle: true,
        },
      },
      {
        bucket: 'states',
        region: 'eu-west-1',
        key: 'my-lab/trial-2/mock-openai.tfstate',
        assume_role: { role_arn: 'arn:aws:iam::123456789012:role/states' },
        endpoints: { s3: 'http://127.0.0.1:5000' },
        use_path_style: true,
        skip_credentials_validation: true,
        skip_metadata_api_check: true,
        skip_region_validation: true,
        skip_requesting_account_id: true,
      },
      { encrypt: true, use_lockfile: true, kms_key_id: 'alias/states' },
    ],
    ['pg', { pg: {} }, { schema_name: 'my_lab_trial_2_mock_openai' }, {}],
    ['gcs', { gcs: { bucket: 'states' } }, { bucket: 'states', prefix: 'my-lab/trial-2/mock-openai' }, {}],
    [
      'gcs',
      { gcs: { bucket: 'states', kmsEncryptionKey: 'k' } },
      { bucket: 'states', prefix: 'my-lab/trial-2/mock-openai', kms_encryption_key: 'k' },
      {},
    ],
    [
      'azurerm',
      { azurerm: { resourceGroupName: 'group', storageAccountName: 'account', containerName: 'states' } },
      {
        resource_group_name: 'group',
        storage_account_name: 'account',
        container_name: 'states',
        key: 'my-lab/trial-2/mock-openai.tfstate',
      },
      {},
    ],
    [
      'http',
      { http: { address: 'https://states.example.com/base/' } },
      { address: 'https://states.example.com/base/my-lab/trial-2/mock-openai' },
      {
        lock_address: 'https://states.example.com/base/my-lab/trial-2/mock-openai/lock',
        unlock_address: 'https://states.example.com/base/my-lab/trial-2/mock-openai/lock',
      },
    ],
  ] as const)('in %s (%j)', (kind, backend, reader, onlyOwn) => {
    expect(locate(backend)).toEqual({ backend: kind, reader, own: { ...reader, ...onlyOwn } });
  });

  it('in a folder is said relative to where Terraform runs', () => {
    const { directory } = testEnvironment({}, { name: 'trial-2' });
    const path = '../states/my-lab/trial-2/mock-openai.tfstate';
    expect(locate({ local: { directory: 'states' } }, join(directory, 'cdktf.out'))).toEqual({
      backend: 'local',
      own: { path },
      reader: { path },
    });
  });
});
