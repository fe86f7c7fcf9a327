import { AwsError } from '../aws-error';
import type { Attributes } from '../../protocol/attributes';
import type { Api, Finding } from '../resource-type';

/** Calls of the API of load balancers. */
export function elb(create: string, remove: string, update: string): Api {
  return { service: 'Elastic Load Balancing v2', create, update, delete: remove };
}

/** What the provider asks of the names of load balancers and target groups. */
export function nameFindings(config: Attributes): Finding[] {
  const findings: Finding[] = [];
  const name = config.text('name');
  if (name !== '') {
    if (name.length > 32)
      findings.push({ path: 'name', summary: `"name" cannot be longer than 32 characters: "${name}"` });
    if (!/^[0-9A-Za-z-]+$/.test(name))
      findings.push({ path: 'name', summary: `only alphanumeric characters and hyphens allowed in "name"` });
    if (/^-|-$/.test(name)) findings.push({ path: 'name', summary: '"name" cannot begin or end with a hyphen' });
    if (name.startsWith('internal-')) findings.push({ path: 'name', summary: '"name" cannot begin with "internal-"' });
  }
  if (config.text('name_prefix').length > 6)
    findings.push({ path: 'name_prefix', summary: '"name_prefix" cannot be longer than 6 characters' });
  return findings;
}

/** ELB's answer to an ARN that it does not know. */
export function elbNotFound(code: string, what: string): (arn: string) => AwsError {
  return (arn) => new AwsError(code, `${what} '[${arn}]' not found`);
}
