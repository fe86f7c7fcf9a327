import type { Statement } from '@loadlab/foundation/stack';

/** Who is who on a file system: ARNs. */
export interface Parties {
  readonly fileSystem: string;
  readonly writerAccessPoint: string;
  readonly readerAccessPoint: string;
  readonly publisherRole: string;
  readonly readerRoles: readonly string[];
}

/** The permission to write through the writer's access point. */
export function writing(parties: Pick<Parties, 'fileSystem' | 'writerAccessPoint'>): Statement {
  return {
    Effect: 'Allow',
    Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
    Resource: parties.fileSystem,
    Condition: through(parties.writerAccessPoint),
  };
}

/** The permission to read through the reader's access point. */
export function reading(parties: Pick<Parties, 'fileSystem' | 'readerAccessPoint'>): Statement {
  return {
    Effect: 'Allow',
    Action: 'elasticfilesystem:ClientMount',
    Resource: parties.fileSystem,
    Condition: through(parties.readerAccessPoint),
  };
}

/**
 * The file system's own policy. Having any takes away EFS's default, which lets everybody in the VPC mount, write and be
 * root; the denials hold against permissions from elsewhere, such as an administrator's, since one "allow" is enough.
 * They name client actions only, so that nobody is locked out of changing the policy itself.
 */
export function fileSystemPolicy(parties: Parties): readonly Statement[] {
  const { fileSystem, writerAccessPoint, readerAccessPoint, publisherRole, readerRoles } = parties;
  const deny = { Effect: 'Deny', Principal: '*', Resource: fileSystem } as const;
  return [
    { Sid: 'PublisherWrites', Principal: { AWS: publisherRole }, ...writing(parties) },
    ...(readerRoles.length === 0 ? [] : [{ Sid: 'TasksRead', Principal: { AWS: readerRoles }, ...reading(parties) }]),
    {
      ...deny,
      Sid: 'OnlyThePublisherWrites',
      Action: 'elasticfilesystem:ClientWrite',
      Condition: { ArnNotEquals: { 'aws:PrincipalArn': publisherRole } },
    },
    { ...deny, Sid: 'NobodyIsRoot', Action: 'elasticfilesystem:ClientRootAccess' },
    {
      ...deny,
      Sid: 'NoOtherWayIn',
      Action: 'elasticfilesystem:Client*',
      Condition: { ArnNotEquals: { 'elasticfilesystem:AccessPointArn': [readerAccessPoint, writerAccessPoint] } },
    },
    {
      ...deny,
      Sid: 'TlsOnly',
      Action: 'elasticfilesystem:Client*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ];
}

function through(accessPoint: string): Required<Statement>['Condition'] {
  return {
    ArnEquals: { 'elasticfilesystem:AccessPointArn': accessPoint },
    Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' },
  };
}
