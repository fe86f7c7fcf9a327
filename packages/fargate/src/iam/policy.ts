import { policyDocument, type Statement } from '@loadlab/foundation/stack';
import type { Construct } from 'constructs';
import { accountId, arn } from '../stack-facts';

/**
 * Who may use a role: ECS, for tasks of this account and region. The condition keeps ECS from being talked into using
 * it for somebody else (the confused deputy). Tasks have no ARN before they run, hence the `*`.
 * @source https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
 */
export function trustOfTasks(scope: Construct): string {
  return trust('ecs-tasks.amazonaws.com', {
    ArnLike: { 'aws:SourceArn': arn(scope, 'ecs', '*') },
    StringEquals: { 'aws:SourceAccount': accountId(scope) },
  });
}

/** Who may use a role: Lambda, for functions of this account (Lambda names no function when it checks a new one). */
export function trustOfFunctions(scope: Construct): string {
  return trust('lambda.amazonaws.com', { StringEquals: { 'aws:SourceAccount': accountId(scope) } });
}

function trust(service: string, condition: Required<Statement>['Condition']): string {
  return policyDocument([
    { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole', Condition: condition },
  ]);
}
