import type { AccountView } from '../../account/account-view';
import { attributesOf } from '../../protocol/attributes';
import { statementApplies, statementsOf } from './evaluate-policy';

/** A service of AWS that wants to use a bucket. */
export interface ServiceAccess {
  readonly bucket: string;
  /** `logdelivery.elasticloadbalancing.amazonaws.com` */
  readonly service: string;
  readonly action: string;
  readonly resource: string;
  /** On whose behalf it comes. */
  readonly sourceArn: string;
}

/** True when the bucket exists and its policy lets the service in. */
export function isAllowedToService(account: AccountView, access: ServiceAccess): boolean {
  if (account.find('aws_s3_bucket', access.bucket) === undefined) return false;
  const policy = account
    .ofType('aws_s3_bucket_policy')
    .find((candidate) => attributesOf(candidate).text('bucket') === access.bucket);
  if (policy === undefined) return false;
  const context = {
    'aws:SecureTransport': 'true',
    'aws:SourceAccount': account.accountId,
    'aws:SourceArn': access.sourceArn,
  };
  const applying = statementsOf(attributesOf(policy).text('policy')).filter(
    ({ Principal, ...statement }) =>
      (Principal === '*' ||
        Principal?.AWS?.includes('*') === true ||
        Principal?.Service?.includes(access.service) === true) &&
      statementApplies(statement, { roleArn: '', action: access.action, resource: access.resource, context }),
  );
  return applying.some(({ Effect }) => Effect === 'Allow') && !applying.some(({ Effect }) => Effect === 'Deny');
}
