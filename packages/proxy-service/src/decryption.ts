import type { FargateTask } from '@loadlab/fargate';
import { LabStack } from '@loadlab/foundation/stack';

/**
 * Where secrets are encrypted with the environment's own key, ECS needs that key, too, to hand them to a task. Only
 * through Secrets Manager: for nothing else that the key may protect.
 */
export function allowDecryption(task: FargateTask): void {
  const { kmsKeyArn, region } = LabStack.of(task).environment;
  if (kmsKeyArn === undefined) return;
  task.executionRole.grant('own-key', [
    {
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: kmsKeyArn,
      Condition: { StringEquals: { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` } },
    },
  ]);
}
