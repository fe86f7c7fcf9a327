import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { accountId, arn, protections } from '../stack-facts';
import { PrivateBucket } from '../storage/private-bucket';

/** A bucket that one load balancer writes its access log to. (ELB writes to SSE-S3 buckets only, not to SSE-KMS.) */
export class AccessLogs extends Construct {
  readonly bucketName: string;
  /** ELB tries to write when the log is switched on: the permission comes first. */
  readonly writable: ITerraformDependable;

  constructor(scope: Construct, id: string, props: { readonly loadBalancerName: string }) {
    super(scope, id);
    const account = accountId(this);
    // The last part of a load balancer's ARN is random.
    const balancer = arn(this, 'elasticloadbalancing', `loadbalancer/app/${props.loadBalancerName}/*`);
    const bucket = new PrivateBucket(this, 'bucket', {
      name: 'access-logs',
      expireAfterDays: protections(this).logRetentionDays,
      statements: (bucketArn) => [
        {
          Sid: 'LoadBalancerWrites',
          Effect: 'Allow',
          Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
          Action: 's3:PutObject',
          Resource: `${bucketArn}/AWSLogs/${account}/*`,
          Condition: { ArnLike: { 'aws:SourceArn': balancer }, StringEquals: { 'aws:SourceAccount': account } },
        },
      ],
    });
    this.bucketName = bucket.name;
    this.writable = bucket.policy;
  }
}
