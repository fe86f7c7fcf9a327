import { createHash } from 'node:crypto';
import { AwsError, ProviderComplaint } from '../aws-error';
import { jsonRule } from '../naming';
import type { ResourceType } from '../resource-type';

/** A call of a function in the course of an apply. It really runs; its deletion does nothing. */
export const lambdaInvocation: ResourceType = {
  type: 'aws_lambda_invocation',
  label: 'Lambda Invocation',
  api: { service: 'Lambda', create: 'Invoke', delete: 'Invoke' },
  source: 'internal/service/lambda/invocation.go',
  intangible: true,
  forceNew: ['function_name', 'input', 'qualifier', 'tenant_id', 'triggers'],
  defaults: { lifecycle_scope: 'CREATE_ONLY', qualifier: '$LATEST', terraform_key: 'tf' },
  allowed: { lifecycle_scope: ['CREATE_ONLY', 'CRUD'] },
  references: [{ attribute: 'function_name', to: 'aws_lambda_function' }],
  validate: (config) => jsonRule(config, 'input'),
  prepare: async ({ planned, world }) => {
    const functionName = planned.text('function_name');
    if (world.account.read().find('aws_lambda_function', functionName) === undefined)
      throw new AwsError('ResourceNotFoundException', `Function not found: ${functionName}`, 404);
    if (planned.text('lifecycle_scope') === 'CRUD')
      throw new AwsError('Unsupported', 'the offline provider knows invocations with lifecycle_scope CREATE_ONLY only');
    const { payload, functionError } = await world.functions.invoke(functionName, planned.text('input'));
    if (functionError !== undefined)
      throw new ProviderComplaint(`Lambda Function (${functionName}) returned error: (${payload})`);
    return { result: payload };
  },
  create: ({ planned, prepared }) => {
    const checksum = createHash('md5').update(planned.text('input')).digest('hex');
    return {
      id: `${planned.text('function_name')}_${planned.text('qualifier')}_${checksum}`,
      result: prepared.text('result'),
    };
  },
};
