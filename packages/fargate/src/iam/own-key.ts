import type { Construct } from 'constructs';
import { labStackOf, ownKey } from '../stack-facts';
import type { Statement } from '@loadlab/foundation/stack';

/**
 * What it takes to use what a service encrypts with the environment's own key: the key, through that service only, and
 * not for whatever else the key protects. None where AWS's keys encrypt: those are open to whoever may use the service.
 */
export function ownKeyStatements(
  scope: Construct,
  service: 's3' | 'secretsmanager',
  actions: string | readonly string[],
): readonly Statement[] {
  const key = ownKey(scope);
  if (key === undefined) return [];
  const { region } = labStackOf(scope).environment;
  return [
    {
      Effect: 'Allow',
      Action: actions,
      Resource: key,
      Condition: { StringEquals: { 'kms:ViaService': `${service}.${region}.amazonaws.com` } },
    },
  ];
}
