import { AwsError } from '../aws-error';
import type { ResourceType } from '../resource-type';

/** Somebody else's right to call a function. */
export const lambdaPermission: ResourceType = {
  type: 'aws_lambda_permission',
  label: 'Lambda Permission',
  api: { service: 'Lambda', create: 'AddPermission', delete: 'RemovePermission' },
  source: 'internal/service/lambda/permission.go',
  forceNew: [
    'action',
    'event_source_token',
    'function_name',
    'function_url_auth_type',
    'principal',
    'principal_org_id',
    'qualifier',
    'source_account',
    'source_arn',
    'statement_id',
    'statement_id_prefix',
  ],
  references: [{ attribute: 'function_name', to: 'aws_lambda_function' }],
  unique: [
    {
      of: (values) => [values.text('function_name'), values.text('statement_id')],
      taken: (values) =>
        new AwsError(
          'ResourceConflictException',
          `The statement id (${values.text('statement_id')}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
          409,
        ),
    },
  ],
  create: ({ planned, scene }) => {
    const id = planned.text('statement_id') || scene.uniqueName(planned.text('statement_id_prefix') || 'terraform-');
    return { id, statement_id: id, statement_id_prefix: planned.text('statement_id_prefix') };
  },
};
