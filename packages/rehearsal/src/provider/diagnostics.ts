import { randomUUID } from 'node:crypto';
import type { AttributePath, Diagnostic, PathStep } from '../protocol/messages';
import { AwsError, ProviderComplaint } from '../resources/aws-error';
import type { Finding, ResourceType } from '../resources/resource-type';

/** What was tried, in the provider's words. */
export type Verb = 'creating' | 'reading' | 'updating' | 'deleting' | 'waiting for';

/** What AWS refused, as the real provider reports it. @throws `error` itself when it is a defect, not an answer of AWS */
export function refusal(error: unknown, verb: Verb, type: ResourceType, name: string): Diagnostic {
  if (!(error instanceof AwsError)) throw error;
  if (error instanceof ProviderComplaint) return { severity: 'ERROR', summary: error.message, detail: '' };
  const subject = `${type.label}${name === '' ? '' : ` (${name})`}`;
  return { severity: 'ERROR', summary: `${verb} ${subject}: ${errorText(error, type, verb)}`, detail: '' };
}

function errorText(error: AwsError, type: ResourceType, verb: Verb): string {
  // A state that was waited for and did not come is no answer to a call.
  if (verb === 'waiting for') return error.message;
  const call =
    verb === 'deleting'
      ? type.api.delete
      : verb === 'updating'
        ? (type.api.update ?? type.api.create)
        : type.api.create;
  return (
    `operation error ${type.api.service}: ${call}, https response error StatusCode: ${error.status}, ` +
    `RequestID: ${randomUUID()}, api error ${error.code}: ${error.message}`
  );
}

/** A rule that a configuration breaks, at its place. */
export function findingDiagnostic(finding: Finding): Diagnostic {
  return {
    severity: 'ERROR',
    summary: finding.summary,
    detail: finding.detail ?? '',
    ...(finding.path === '' ? {} : { attribute: attributePath(finding.path) }),
  };
}

/** `network_configuration.0.subnets` as the protocol says it. */
export function attributePath(path: string): AttributePath {
  const steps = path
    .split('.')
    .map((part): PathStep => (/^\d+$/.test(part) ? { element_key_int: Number(part) } : { attribute_name: part }));
  return { steps };
}
