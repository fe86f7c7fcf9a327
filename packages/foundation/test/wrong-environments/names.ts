import type { WrongEnvironment } from './wrong-environment';

/** Names, regions, identities and tags. */
export const names: readonly WrongEnvironment[] = [
  {
    what: 'no namespace',
    sections: { namespace: undefined },
    says: 'namespace: is required and missing -> must be 2 to 20 small letters, digits and single dashes, starting with a letter, such as loadlab',
  },
  {
    what: 'a namespace with capitals',
    sections: { namespace: 'LoadLab' },
    says: 'namespace: must be 2 to 20 small letters, digits and single dashes, starting with a letter, such as loadlab, not "LoadLab"',
  },
  {
    what: 'a namespace that ends in a dash',
    sections: { namespace: 'lab-' },
    says: 'namespace: must be 2 to 20 small letters, digits and single dashes, starting with a letter, such as loadlab, not "lab-"',
  },
  {
    what: 'a namespace too long for a load balancer’s name',
    folder: 'benchmark',
    sections: { namespace: 'performance-lab' },
    says: `namespace: "performance-lab-benchmark" has 25 characters; a load balancer's name may have 32, which leaves 22 -> shorten namespace, or the folder's name, by 3`,
  },
  {
    what: 'a folder with capitals',
    folder: 'Bench Mark',
    sections: {},
    says: `: the folder's name "Bench Mark" is no environment's: small letters, digits and single dashes, starting with a letter -> rename the folder, for example to "bench-mark"`,
  },
  {
    what: 'a folder that begins with a digit',
    folder: '2fast',
    sections: {},
    says: `: the folder's name "2fast" is no environment's: small letters, digits and single dashes, starting with a letter -> rename the folder, for example to "fast"`,
  },
  {
    what: 'a folder with two dashes in a row',
    folder: 'my--lab',
    sections: {},
    says: `: the folder's name "my--lab" is no environment's: small letters, digits and single dashes, starting with a letter -> rename the folder, for example to "my-lab"`,
  },
  {
    what: 'no region',
    sections: { region: undefined },
    says: 'region: is required and missing -> must be a region such as us-east-1',
  },
  {
    what: 'an unknown region',
    sections: { region: 'us-esat-1' },
    says: 'region: AWS has no region "us-esat-1" -> did you mean "us-east-1"?',
  },
  {
    what: 'a zone for a region',
    sections: { region: 'eu-central-1b' },
    says: 'region: "eu-central-1b" is a zone, not a region -> its region is eu-central-1',
  },
  {
    what: 'a region of another cloud',
    sections: { region: 'westeurope' },
    says: 'region: AWS has no region "westeurope" -> a region such as us-east-1 or eu-central-1',
  },
  {
    what: 'an account id without quotes',
    sections: { accountId: 123456789012 },
    says: 'accountId: must be the 12 digits of an account, in quotes, not 123456789012',
  },
  {
    what: 'an account id that is too short',
    sections: { accountId: '1234' },
    says: 'accountId: must be the 12 digits of an account, in quotes, not "1234"',
  },
  {
    what: 'a role’s name for its ARN',
    sections: { assumeRoleArn: 'deployer' },
    says: 'assumeRoleArn: must be the ARN of an IAM role such as arn:aws:iam::123456789012:role/deployer, not "deployer"',
  },
  {
    what: 'a role for a permissions boundary',
    sections: { permissionsBoundaryArn: 'arn:aws:iam::123456789012:role/x' },
    says: 'permissionsBoundaryArn: must be the ARN of an IAM policy such as arn:aws:iam::123456789012:policy/boundary, not "arn:aws:iam::123456789012:role/x"',
  },
  {
    what: 'an expiry without a zone',
    sections: { expiresAt: '2026-11-24T18:00:00' },
    says: 'expiresAt: must be an absolute time with its zone such as 2026-11-24T18:00:00Z, not "2026-11-24T18:00:00"',
  },
  {
    what: 'an expiry relative to now',
    sections: { expiresAt: '+8h' },
    says: 'expiresAt: must be an absolute time with its zone such as 2026-11-24T18:00:00Z, not "+8h"',
  },
  {
    what: 'a tag of ours',
    sections: { tags: { owner: 'me' } },
    says: 'tags.owner: is set by us -> use owner and expiresAt',
  },
  {
    what: 'a tag of AWS’s',
    sections: { tags: { 'aws:team': 'x' } },
    says: 'tags.aws:team: aws: is kept for AWS -> take another name',
  },
  {
    what: 'a tag with letters that AWS refuses',
    sections: { tags: { team: 'a<b>' } },
    says: 'tags.team: must be a text of letters, digits, spaces and _ . : / = + - @, not "a<b>"',
  },
  {
    what: 'more tags than AWS takes',
    sections: { tags: Object.fromEntries(Array.from({ length: 41 }, (_, index) => [`t${index}`, 'x'])) },
    says: 'tags: 41 tags are too many -> at most 40: AWS takes 50, with ours',
  },
  { what: 'a misspelt key', sections: { nmespace: 'x' }, says: 'nmespace: unknown key -> did you mean "namespace"?' },
  {
    what: 'a misspelt profile',
    sections: { profile: 'prod' },
    says: 'profile: must be benchmark or production, not "prod"',
  },
  {
    what: 'a key of the customer’s that is none',
    sections: { kmsKeyArn: 'alias/mine' },
    says: 'kmsKeyArn: must be the ARN of a KMS key such as arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab, not "alias/mine"',
  },
];
