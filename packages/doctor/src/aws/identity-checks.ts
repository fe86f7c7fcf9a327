import type { Environment } from '@loadlab/foundation';
import type { Finding } from '../check';
import type { Account, Identity } from './account';
import { reasonOf } from './refusal';

/** Whether there are credentials that AWS knows. */
export async function credentials(identity: () => Promise<Identity>, role: string | undefined): Promise<Finding> {
  try {
    return { state: 'ok', seen: (await identity()).arn };
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === undefined) throw error;
    if (reason.kind === 'rights' && role !== undefined) {
      return {
        state: 'missing',
        seen: `the credentials may not assume ${role}`,
        remedy: 'let its trust policy name you, or correct assumeRoleArn',
      };
    }
    return { state: 'missing', seen: reason.seen, remedy: reason.remedy };
  }
}

/** Whether it is the account that the environment is meant for. */
export function account({ accountId }: Identity, wanted: Environment['accountId']): Finding {
  if (accountId === wanted) return { state: 'ok', seen: accountId };
  return wanted === undefined
    ? {
        state: 'warning',
        seen: `${accountId}; nothing refuses another`,
        remedy: `accountId: "${accountId}" in environment.yaml`,
      }
    : {
        state: 'missing',
        seen: `${accountId}, but accountId says ${wanted}`,
        remedy: 'log in to that account, or correct accountId',
      };
}

/** Whether the account may use the region. */
export async function region(asked: Pick<Account, 'isRegionEnabled'>, name: string): Promise<Finding> {
  try {
    if (await asked.isRegionEnabled()) return { state: 'ok', seen: name };
  } catch (error) {
    if (!(error instanceof Error && error.name.startsWith('InvalidParameter'))) throw error;
    return { state: 'missing', seen: `AWS knows no region ${name}`, remedy: 'correct region in environment.yaml' };
  }
  return {
    state: 'missing',
    seen: `${name} is not enabled in this account`,
    remedy: `aws account enable-region --region-name ${name}, then wait some minutes; or another region`,
  };
}
