/** One statement of an IAM policy. `*` in a resource needs a comment that says why AWS leaves no choice. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: Readonly<Record<string, string | readonly string[]>> | '*';
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** The policy document as IAM wants it. */
export function policyDocument(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/**
 * Who may use a role: one AWS service, on behalf of things of this account that match `sourceArn` only. Without the
 * condition the service could be talked into using the role for somebody else.
 * @source https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function serviceTrust(service: string, source: { readonly accountId: string; readonly arn: string }): string {
  return policyDocument([
    {
      Effect: 'Allow',
      Principal: { Service: service },
      Action: 'sts:AssumeRole',
      Condition: {
        StringEquals: { 'aws:SourceAccount': source.accountId },
        ArnLike: { 'aws:SourceArn': source.arn },
      },
    },
  ]);
}
