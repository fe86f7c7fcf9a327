import { isObject, UNKNOWN } from '../values/masks';

/** The parts of a resource change that can open something to somebody. */
export interface AccessChange {
  readonly type: string;
  readonly before: unknown;
  readonly after: unknown;
}

const ANYONE = new Set(['0.0.0.0/0', '::/0']);

/** What a change opens that was closed before, in words: "now anyone on the internet can reach port 4000". Empty when nothing. */
export function widenedAccess(change: AccessChange): string[] {
  const before = new Set(openings(change.type, change.before));
  return [...new Set(openings(change.type, change.after))].filter((opening) => !before.has(opening));
}

function openings(type: string, value: unknown): string[] {
  if (!isObject(value)) return [];
  return [...networkOpenings(type, value), ...policyOpenings(value)];
}

function networkOpenings(type: string, value: Record<string, unknown>): string[] {
  if (type === 'aws_vpc_security_group_ingress_rule') return anyone([value.cidr_ipv4, value.cidr_ipv6], value);
  if (type === 'aws_security_group_rule' && value.type === 'ingress')
    return anyone([...list(value.cidr_blocks), ...list(value.ipv6_cidr_blocks)], value);
  if (type === 'aws_security_group' || type === 'aws_default_security_group') {
    return list(value.ingress).flatMap((rule) =>
      isObject(rule) ? anyone([...list(rule.cidr_blocks), ...list(rule.ipv6_cidr_blocks)], rule) : [],
    );
  }
  if (type === 'aws_db_instance' && value.publicly_accessible === true)
    return ['now the database has a public address'];
  if ((type === 'aws_lb' || type === 'aws_alb') && value.internal === false)
    return ['now the load balancer faces the internet'];
  return [];
}

function anyone(ranges: readonly unknown[], rule: Record<string, unknown>): string[] {
  return ranges.some((range) => typeof range === 'string' && ANYONE.has(range))
    ? [`now anyone on the internet can reach ${ports(rule)}`]
    : [];
}

function ports({ ip_protocol: ipProtocol, protocol, from_port: from, to_port: to }: Record<string, unknown>): string {
  const name = ipProtocol ?? protocol;
  if (name === '-1' || name === 'all') return 'every port';
  if (from === UNKNOWN || to === UNKNOWN) return 'a port known only after apply';
  return from === to ? `port ${String(from)}` : `ports ${String(from)} to ${String(to)}`;
}

/** Statements that allow everything, or everybody, in any policy document the resource holds. */
function policyOpenings(value: Record<string, unknown>): string[] {
  const documents = ['policy', 'assume_role_policy', 'inline_policy']
    .map((name) => value[name])
    .filter((text): text is string => typeof text === 'string' && text.trimStart().startsWith('{'));
  return documents.flatMap((text) => statementsOf(text)).flatMap(statementOpenings);
}

function statementsOf(text: string): Record<string, unknown>[] {
  try {
    const document: unknown = JSON.parse(text);
    return isObject(document) ? list(document.Statement).filter(isObject) : [];
  } catch {
    // A document that is no JSON cannot be judged; it is still shown as a changed text.
    return [];
  }
}

function statementOpenings(statement: Record<string, unknown>): string[] {
  if (statement.Effect !== 'Allow') return [];
  const unconditional = statement.Condition === undefined;
  const actions = list(statement.Action).filter((action): action is string => typeof action === 'string');
  const where = list(statement.Resource).includes('*') ? ' on every resource' : '';
  const findings = actions
    .filter((action) => action === '*' || action.endsWith(':*'))
    .map(
      (action) => `now allows ${action === '*' ? 'every action' : `every action of ${action.slice(0, -2)}`}${where}`,
    );
  const principals = isObject(statement.Principal)
    ? Object.values(statement.Principal).flatMap(list)
    : list(statement.Principal);
  if (principals.includes('*') && unconditional) findings.push(`now lets anybody ${actions.join(', ')}`);
  if (list(statement.NotAction).length > 0)
    findings.push(`now allows every action but ${list(statement.NotAction).join(', ')}${where}`);
  return findings;
}

function list(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}
