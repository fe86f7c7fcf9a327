import { randomUUID } from 'node:crypto';
import type { Account } from '../../account/account';
import type { SecretValues } from '../../account/secret-values';
import { parseSecretReference } from '../../local-fargate/definition/secret-reference';

/**
 * Puts secrets into the account, as somebody who owns them would have done before any stack was deployed. Values by ARN; with a JSON key
 * in the ARN, a value becomes one field of its secret. A secret that is there already gets the value in place of its own.
 * @returns the ids of what was put into the account
 */
export async function plantSecrets(
  account: Account,
  secrets: SecretValues,
  values: ReadonlyMap<string, string>,
): Promise<ReadonlySet<string>> {
  const planted = new Set<string>();
  for (const [id, value] of wholeSecrets(values)) {
    const [, , , region = '', , , name = ''] = id.split(':');
    const versionId = randomUUID();
    const version = `${id}|${versionId}`;
    await secrets.forget(`${id}|`);
    await secrets.set(version, value);
    await account.change((draft) => {
      for (const former of draft.ofType('aws_secretsmanager_secret_version'))
        if (former.attributes.secret_id === id) draft.remove(former);
      draft.put({
        type: 'aws_secretsmanager_secret',
        id,
        region,
        // AWS appends six characters to the name.
        attributes: { arn: id, name: name.replace(/-[^-]{6}$/, ''), recovery_window_in_days: 0 },
      });
      draft.put({
        type: 'aws_secretsmanager_secret_version',
        id: version,
        region,
        attributes: { secret_id: id, arn: id, version_id: versionId, version_stages: ['AWSCURRENT'] },
      });
    });
    planted.add(id).add(version);
  }
  return planted;
}

function wholeSecrets(values: ReadonlyMap<string, string>): Map<string, string> {
  const wholes = new Map<string, string>();
  const fields = new Map<string, Record<string, string>>();
  for (const [arn, value] of values) {
    const { id, jsonKey } = parseSecretReference(arn);
    if (jsonKey === undefined) wholes.set(id, value);
    else fields.set(id, { ...fields.get(id), [jsonKey]: value });
  }
  for (const [id, object] of fields) wholes.set(id, JSON.stringify(object));
  return wholes;
}
