import type { Diagnostic } from '../protocol/messages';
import { isValues, type Value } from '../protocol/value';
import { Attributes } from '../protocol/attributes';

/** What a `provider "aws"` block says, as far as it matters offline. */
export interface ProviderConfiguration {
  readonly region: string;
  readonly defaultTags: Readonly<Record<string, string>>;
}

/** Regions have this form; the real provider knows a list, which grows. */
const REGION = /^[a-z]{2}(-gov|-iso[a-z]?)?-[a-z]+-\d$/;

/**
 * Reads the provider's configuration. Without a region it falls back to the environment's, as the real provider does;
 * `allowed_account_ids` is held against the pretend account.
 */
export function readConfiguration(
  value: Value,
  fallbackRegion: string | undefined,
  accountId: string,
): { configuration?: ProviderConfiguration; diagnostics: readonly Diagnostic[] } {
  const config = new Attributes(isValues(value) ? value : {});
  const region = config.text('region') || (fallbackRegion ?? '');
  const allowed = config.texts('allowed_account_ids');
  const diagnostics: Diagnostic[] = [];
  if (region === '')
    diagnostics.push(problem('invalid AWS Region: ', 'The argument "region" is required, but was not set.'));
  else if (!REGION.test(region) && !config.flag('skip_region_validation'))
    diagnostics.push(problem(`invalid AWS Region: ${region}`));
  if ((allowed.length > 0 && !allowed.includes(accountId)) || config.texts('forbidden_account_ids').includes(accountId))
    diagnostics.push(problem(`AWS account ID not allowed: ${accountId}`));
  if (diagnostics.length > 0) return { diagnostics };
  return {
    configuration: { region, defaultTags: config.block('default_tags')?.map('tags') ?? {} },
    diagnostics,
  };
}

function problem(summary: string, detail = ''): Diagnostic {
  return { severity: 'ERROR', summary, detail };
}
