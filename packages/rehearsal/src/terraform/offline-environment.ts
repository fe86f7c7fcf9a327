import { delimiter, join } from 'node:path';
import { workspaceRoot } from '@loadlab/foundation';

/** Settings of a real account, which must neither be used nor disturb. */
const REAL_ACCOUNT = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_SESSION_TOKEN',
  'AWS_ROLE_ARN',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];

/**
 * The variables with which Terraform and cdktf work offline. Nothing of a real account is left in them, so that nothing
 * can reach one by mistake.
 */
export function offlineEnvironment(base: NodeJS.ProcessEnv, reattach: string): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...base };
  for (const name of REAL_ACCOUNT) environment[name] = undefined;
  return {
    ...environment,
    // cdktf starts the app with a program of this workspace (`tsx main.ts`), wherever it was started from itself.
    PATH: [join(workspaceRoot(), 'node_modules', '.bin'), base.PATH ?? ''].join(delimiter),
    // A mirror that is set there would be asked for providers, and breaks `init`.
    TF_CLI_CONFIG_FILE: undefined,
    CHECKPOINT_DISABLE: '1',
    // At each start cdktf has npm look which version of its library there is; the lock file knows.
    DISABLE_VERSION_CHECK: '1',
    TF_IN_AUTOMATION: '1',
    TF_REATTACH_PROVIDERS: reattach,
    // For backends, which take credentials from here; S3's server on this machine accepts any.
    AWS_ACCESS_KEY_ID: 'rehearsal',
    AWS_SECRET_ACCESS_KEY: 'rehearsal',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
}
