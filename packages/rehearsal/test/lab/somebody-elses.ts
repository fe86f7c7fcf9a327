import type { KnownValues } from '../../src/protocol/value';
import type { Knob } from './knob';
import type { RehearsedLab } from './rehearsed-lab';

const REGION = 'us-east-1';

/** The key of the gateway's provider, in Secrets Manager. */
export const GIVEN_SECRET = `arn:aws:secretsmanager:${REGION}:123456789012:secret:openai-AbCdEf`;
export const GIVEN_VALUE = 'sk-planted-upstream-"4Fp2"-7Dv6';
/** The ids of both things that it consists of. */
export const GIVEN_IDS = [GIVEN_SECRET, `${GIVEN_SECRET}|v1`] as const;

const VPC = 'vpc-0a1b2c3d4e5f60718';
const SUBNETS = ['subnet-0a1b2c3d4e5f60718', 'subnet-1b2c3d4e5f60718a0'] as const;
const DATABASE_GROUP = 'sg-0a1b2c3d4e5f60718';

/** A network that was there before the lab. */
export const existingNetwork: Knob = { existing: { vpcId: VPC, privateSubnetIds: [...SUBNETS] } };
/** A database that was there before the lab; its password is the given secret. */
export const existingDatabase: Knob = {
  existing: {
    host: 'db.example.internal',
    name: 'litellm',
    passwordSecretArn: GIVEN_SECRET,
    securityGroupId: DATABASE_GROUP,
    maxConnections: 500,
  },
};

/** Puts the secret into the account, with its value. */
export async function plantSecret(lab: RehearsedLab): Promise<void> {
  const [id, version] = GIVEN_IDS;
  await lab.secrets.set(version, GIVEN_VALUE);
  await plant(lab, 'aws_secretsmanager_secret', id, { arn: id, name: 'openai' });
  await plant(lab, 'aws_secretsmanager_secret_version', version, {
    secret_id: id,
    version_id: 'v1',
    version_stages: ['AWSCURRENT'],
  });
}

/** Puts the network and what admits to the database into the account. */
export async function plantGround(lab: RehearsedLab): Promise<void> {
  await plant(lab, 'aws_vpc', VPC, {
    id: VPC,
    cidr_block: '10.80.0.0/16',
    enable_dns_support: true,
    enable_dns_hostnames: true,
  });
  await plant(lab, 'aws_default_security_group', 'sg-00000000000000def', { vpc_id: VPC, name: 'default' });
  for (const [index, id] of SUBNETS.entries())
    await plant(lab, 'aws_subnet', id, {
      id,
      vpc_id: VPC,
      cidr_block: `10.80.${index}.0/24`,
      availability_zone: `${REGION}${'ab'.charAt(index)}`,
    });
  await plant(lab, 'aws_security_group', DATABASE_GROUP, { id: DATABASE_GROUP, vpc_id: VPC, name: 'databases' });
}

function plant(lab: RehearsedLab, type: string, id: string, attributes: KnownValues): Promise<void> {
  return lab.account.change((account) => account.put({ type, id, region: REGION, attributes }));
}
