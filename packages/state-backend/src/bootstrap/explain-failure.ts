import { InputError } from '@loadlab/foundation';
import type { TerraformResult } from './terraform';

interface Explanation {
  readonly sign: RegExp;
  readonly message: string;
  readonly hint: string;
}

/** What Terraform's words mean for somebody who only wanted a bucket; the first that fits. */
const EXPLANATIONS: readonly Explanation[] = [
  {
    sign: /No valid credential sources|NoCredentialProviders|failed to refresh cached credentials|no EC2 IMDS role found|get credentials/i,
    message: 'there are no AWS credentials',
    hint: 'log in first: `aws sso login` and AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  },
  {
    sign: /ExpiredToken|token (?:has|included in the request is) expired/i,
    message: 'the AWS credentials have expired',
    hint: 'log in again, then repeat the command: it goes on where it stopped',
  },
  {
    sign: /AWS account ID not allowed|not allowed:? \d{12}/i,
    message: 'the credentials are of another account than accountId says',
    hint: 'log in to that account, or correct accountId',
  },
  {
    sign: /BucketAlreadyExists/,
    message: 'somebody else in the world has a bucket of this name',
    hint: "another backend.s3.bucket, with your account's id at its end",
  },
  {
    sign: /PermanentRedirect|AuthorizationHeaderMalformed|requested bucket from|incorrect region|StatusCode: 301/i,
    message: 'the bucket is in another region than backend.s3.region says',
    hint: 'correct backend.s3.region',
  },
  {
    sign: /AccessDenied|StatusCode: 403|Forbidden|not authorized to perform/i,
    message: 'the credentials may not do this, or the bucket belongs to another account',
    hint: 'they need s3:CreateBucket and s3:PutBucket* on it, or take another backend.s3.bucket',
  },
  {
    sign: /Error acquiring the state lock/i,
    message: 'somebody holds the lock of this state',
    hint: 'wait for them; if that run died, `terraform force-unlock ID` with the id that is shown',
  },
  {
    sign: /Failed to query available provider packages|could not connect to registry|Failed to install provider/i,
    message: 'the AWS provider could not be downloaded',
    hint: 'check the way to registry.terraform.io, or give a mirror in TF_CLI_CONFIG_FILE',
  },
  {
    sign: /Unsupported Terraform Core version/i,
    message: 'this Terraform is too old',
    hint: 'Terraform 1.11 or newer',
  },
  {
    sign: /no such host|connection refused|i\/o timeout|network is unreachable/i,
    message: 'AWS could not be reached',
    hint: 'check the network, and backend.s3.endpoint if there is one',
  },
];

/** True when Terraform said that the backend's bucket does not exist. */
export function isMissingBucket({ stdout, stderr }: TerraformResult): boolean {
  return /NoSuchBucket|S3 bucket "[^"]*" does not exist|StatusCode: 404/.test(stdout + stderr);
}

/** The error for a step that failed: what it means, what to do, and Terraform's own words. */
export function failureOf(step: string, result: TerraformResult): InputError {
  const file = `terraform ${step}`;
  if (result.code === undefined) {
    const hint = 'install Terraform 1.11 or newer: https://developer.hashicorp.com/terraform/install';
    return new InputError([{ file, path: '', message: `Terraform did not start: ${result.stderr}`, hint }]);
  }
  const words = errorsOf(result);
  const known = EXPLANATIONS.find(({ sign }) => sign.test(result.stdout + result.stderr));
  const message = known === undefined ? words : `${known.message} (${words})`;
  const hint = known?.hint ?? 'mend it, then repeat the command: it goes on where it stopped';
  return new InputError([{ file, path: '', message, hint }]);
}

/** Terraform's error boxes as one line. */
function errorsOf({ stdout, stderr }: TerraformResult): string {
  const lines = (stderr.trim() === '' ? stdout : stderr)
    .split('\n')
    .map((line) => line.replace(/^[│╷╵\s]+/, '').trim())
    .filter((line) => line !== '');
  const first = lines.findIndex((line) => line.startsWith('Error:'));
  const text = lines.slice(Math.max(0, first)).join(' ');
  return text.length > 240 ? `${text.slice(0, 237)}...` : text;
}
