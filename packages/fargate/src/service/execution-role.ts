import type { ContainerDefinition } from '@loadlab/foundation';
import type { Statement } from '@loadlab/foundation/stack';
import type { Construct } from 'constructs';
import { trustOfTasks } from '../iam/policy';
import { ownKeyStatements } from '../iam/own-key';
import { Role } from '../iam/role';

/** `123456789012.dkr.ecr.us-east-1.amazonaws.com/name:tag` */
const ECR_IMAGE = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?\/([^:@]+)/;

/**
 * The role that ECS itself uses to start a task: to fetch its image and secrets and to write its log. Not the task's
 * own: code inside a container cannot use it.
 */
export function executionRole(
  scope: Construct,
  props: { readonly name: string; readonly containers: readonly ContainerDefinition[]; readonly logGroupArn: string },
): Role {
  const role = new Role(scope, 'execution-role', {
    name: `${props.name}-execution`,
    description: `ECS starts the tasks of ${props.name} with it`,
    trust: trustOfTasks(scope),
  });
  role.grant('logs', [
    { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: `${props.logGroupArn}:*` },
  ]);
  const secrets = secretArns(props.containers);
  if (secrets.length > 0) {
    role.grant('secrets', [{ Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: secrets }]);
    const decryption = ownKeyStatements(scope, 'secretsmanager', 'kms:Decrypt');
    if (decryption.length > 0) role.grant('own-key', decryption);
  }
  const repositories = props.containers.flatMap(({ image }) => repositoryArn(image) ?? []);
  if (repositories.length > 0) role.grant('images', pullStatements([...new Set(repositories)]));
  return role;
}

function pullStatements(repositories: readonly string[]): readonly Statement[] {
  return [
    {
      Effect: 'Allow',
      Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      Resource: repositories,
    },
    // A login is for the whole registry: AWS knows no narrower resource for it.
    { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
  ];
}

function secretArns(containers: readonly ContainerDefinition[]): readonly string[] {
  return [...new Set(containers.flatMap(({ secrets }) => secrets.map(({ valueFrom }) => wholeSecret(valueFrom))))];
}

/** `valueFrom` without the part that picks a field out of the secret (`:jsonKey:stage:version`). */
function wholeSecret(valueFrom: string): string {
  const token = /^\$\{[^}]*\}/.exec(valueFrom);
  return token === null ? valueFrom.split(':').slice(0, 7).join(':') : token[0];
}

function repositoryArn(image: string): string | undefined {
  const [, account, region, china, repository] = ECR_IMAGE.exec(image) ?? [];
  if (account === undefined || region === undefined || repository === undefined) return undefined;
  return `arn:${china === undefined ? 'aws' : 'aws-cn'}:ecr:${region}:${account}:repository/${repository}`;
}
