import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import type { Statement } from '@loadlab/foundation/stack';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { trustOfFunctions } from '../iam/policy';
import { Role } from '../iam/role';
import type { SecurityGroup } from '../network/security-group';
import { arn, physicalName, protections, underOwnKey } from '../stack-facts';
import { bundle } from './bundle';
import type { ZipEntries } from './deterministic-zip';
import { ZipAsset } from './zip-asset';

/** Settings of a function. */
export interface NodeFunctionProps {
  /** Last part of its name: `publisher`. */
  readonly name: string;
  readonly description: string;
  /** Absolute path of the TypeScript file that exports `handler`. */
  readonly entry: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** @default - no variables */
  readonly environment?: Readonly<Record<string, string>>;
  /** Files that lie beside the code, by path. @default - none */
  readonly files?: ZipEntries;
  /** Where in the VPC it runs. @default - outside the VPC: it reaches AWS and nothing else */
  readonly placement?: { readonly subnetIds: readonly string[]; readonly securityGroup: SecurityGroup };
  /** An EFS access point and where to mount it; needs a placement. @default - no file system */
  readonly mount?: { readonly accessPointArn: string; readonly path: string };
  /** What its code may do, by purpose. @default - nothing but to log */
  readonly permissions?: Readonly<Record<string, readonly Statement[]>>;
  /** What must exist first. @default - only its own role's permissions and its security group's rules */
  readonly after?: readonly ITerraformDependable[];
}

/**
 * A Lambda function in TypeScript: bundled into a deterministic zip, with a role, a log group and nothing else of its own.
 * No reserved concurrency: a new account has no concurrency to spare.
 */
export class NodeFunction extends Construct {
  readonly role: Role;
  readonly functionName: string;
  readonly arn: string;
  /** Changes when the code or the files do: what an invocation must be repeated for. */
  readonly codeHash: string;

  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    super(scope, id);
    const name = physicalName(this, props.name);
    const logGroup = new CloudwatchLogGroup(this, 'logs', {
      name: `/aws/lambda/${name}`,
      retentionInDays: protections(this).logRetentionDays,
      ...underOwnKey(this),
    });
    this.role = new Role(this, 'role', {
      name: props.name,
      description: props.description,
      trust: trustOfFunctions(this),
    });
    this.role.grant('logs', [
      { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: `${logGroup.arn}:*` },
    ]);
    if (props.placement !== undefined) this.#grantNetworkInterfaces();
    for (const [purpose, statements] of Object.entries(props.permissions ?? {})) this.role.grant(purpose, statements);

    const archive = new ZipAsset(this, 'code', `${props.name}.zip`, entriesOf(props));
    const lambda = new LambdaFunction(this, 'Resource', {
      functionName: name,
      description: props.description,
      role: this.role.arn,
      runtime: 'nodejs22.x',
      architectures: ['arm64'],
      handler: 'index.handler',
      filename: archive.path,
      sourceCodeHash: archive.sha256Base64,
      timeout: props.timeoutSeconds,
      memorySize: props.memoryMb,
      loggingConfig: { logFormat: 'JSON', logGroup: logGroup.name },
      ...(props.environment === undefined ? {} : { environment: { variables: { ...props.environment } } }),
      ...(props.placement === undefined
        ? {}
        : {
            vpcConfig: {
              subnetIds: [...props.placement.subnetIds],
              securityGroupIds: [props.placement.securityGroup.securityGroupId],
            },
          }),
      ...(props.mount === undefined
        ? {}
        : { fileSystemConfig: { arn: props.mount.accessPointArn, localMountPath: props.mount.path } }),
      dependsOn: [...this.role.grants, ...(props.placement?.securityGroup.rules ?? []), ...(props.after ?? [])],
    });
    this.functionName = lambda.functionName;
    this.arn = lambda.arn;
    this.codeHash = archive.sha256Base64;
  }

  /**
   * Lambda makes a function's network interfaces with the function's own permissions. AWS allows no narrower resource:
   * describing knows none at all, and with a named interface the function "may not be able to access the VPC".
   * @source https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
   */
  #grantNetworkInterfaces(): void {
    this.role.grant('network-interfaces', [
      { Effect: 'Allow', Action: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'], Resource: '*' },
      {
        Effect: 'Allow',
        Action: [
          'ec2:CreateNetworkInterface',
          'ec2:DeleteNetworkInterface',
          'ec2:AssignPrivateIpAddresses',
          'ec2:UnassignPrivateIpAddresses',
        ],
        Resource: arn(this, 'ec2', '*/*'),
      },
    ]);
  }
}

function entriesOf({ entry, files = new Map() }: NodeFunctionProps): ZipEntries {
  return new Map([['index.js', bundle(entry)], ...files]);
}
