import { isObject, UNKNOWN } from '../values/masks';
import { isInternet, rangeContains } from './address-range';
import { list, type Opening } from './opening';

/** Who may come in, as a rule names them. */
interface Source {
  readonly kind: 'range' | 'group' | 'prefix list';
  readonly name: string;
}
/** Ports of one protocol; undefined is all of them. */
interface Ports {
  readonly protocol: string;
  readonly from?: number;
  readonly to?: number;
  readonly isUnknown: boolean;
}
interface NetworkOpening extends Opening {
  readonly source: Source;
  readonly ports: Ports;
  readonly isEgress: boolean;
}

const EVERY_PROTOCOL = '-1';
const GROUPS = new Set(['aws_security_group', 'aws_default_security_group']);

/** What the rules of a security group or of a network list let in and out. */
export function networkOpenings(type: string, value: Record<string, unknown>): Opening[] {
  if (type === 'aws_vpc_security_group_ingress_rule') return ruleOpenings(value, false);
  if (type === 'aws_vpc_security_group_egress_rule') return ruleOpenings(value, true);
  if (type === 'aws_security_group_rule') return ruleOpenings(value, value.type === 'egress');
  if (type === 'aws_network_acl_rule')
    return value.rule_action === 'allow' ? ruleOpenings(value, value.egress === true) : [];
  if (!GROUPS.has(type)) return [];
  return [
    ...list(value.ingress).flatMap((rule) => (isObject(rule) ? ruleOpenings(rule, false) : [])),
    ...list(value.egress).flatMap((rule) => (isObject(rule) ? ruleOpenings(rule, true) : [])),
  ];
}

function ruleOpenings(rule: Record<string, unknown>, isEgress: boolean): Opening[] {
  const ports = portsOf(rule);
  return sourcesOf(rule).map((source) => opening(source, ports, isEgress));
}

function sourcesOf(rule: Record<string, unknown>): Source[] {
  const of = (kind: Source['kind'], ...names: readonly unknown[]): Source[] =>
    names.flatMap(list).flatMap((name) => (typeof name === 'string' && name !== '' ? [{ kind, name }] : []));
  return [
    ...of(
      'range',
      rule.cidr_ipv4,
      rule.cidr_ipv6,
      rule.cidr_blocks,
      rule.ipv6_cidr_blocks,
      rule.cidr_block,
      rule.ipv6_cidr_block,
    ),
    ...of('group', rule.referenced_security_group_id, rule.source_security_group_id, rule.security_groups),
    ...of('group', rule.self === true ? 'itself' : undefined),
    ...of('prefix list', rule.prefix_list_id, rule.prefix_list_ids),
  ];
}

function portsOf(rule: Record<string, unknown>): Ports {
  const written = rule.ip_protocol ?? rule.protocol;
  const protocol = written === 'all' ? EVERY_PROTOCOL : typeof written === 'string' ? written : 'tcp';
  const [from, to] = [numberOf(rule.from_port), numberOf(rule.to_port)];
  const isUnknown = [written, rule.from_port, rule.to_port].includes(UNKNOWN);
  const isEvery = protocol === EVERY_PROTOCOL || (from === undefined && to === undefined && !isUnknown);
  if (isEvery || from === undefined || to === undefined) return { protocol, isUnknown };
  return { protocol, from, to, isUnknown };
}

function opening(source: Source, ports: Ports, isEgress: boolean): NetworkOpening {
  const made: NetworkOpening = {
    source,
    ports,
    isEgress,
    key: JSON.stringify([source, ports, isEgress]),
    words: isEgress
      ? `it can reach ${placeOf(source)} on ${portsInWords(ports)}`
      : `${visitorOf(source)} can reach ${portsInWords(ports)}`,
    isWide: !isEgress && source.kind === 'range' && isInternet(source.name),
    isCoveredBy: (other) => isNetwork(other) && covers(other, made),
  };
  return made;
}

function isNetwork(other: Opening): other is NetworkOpening {
  return 'ports' in other;
}

function covers(outer: NetworkOpening, inner: NetworkOpening): boolean {
  const isSource =
    outer.source.kind === inner.source.kind &&
    (outer.source.name === inner.source.name ||
      (outer.source.kind === 'range' && rangeContains(outer.source.name, inner.source.name)));
  return isSource && outer.isEgress === inner.isEgress && coversPorts(outer.ports, inner.ports);
}

function coversPorts(outer: Ports, inner: Ports): boolean {
  if (outer.protocol === EVERY_PROTOCOL) return true;
  if (outer.isUnknown || inner.isUnknown || outer.protocol !== inner.protocol) return false;
  if (outer.from === undefined || outer.to === undefined) return true;
  if (inner.from === undefined || inner.to === undefined) return false;
  return outer.from <= inner.from && inner.to <= outer.to;
}

function visitorOf({ kind, name }: Source): string {
  if (kind === 'group') return name === 'itself' ? 'its own members' : `members of ${named('security group', name)}`;
  if (kind === 'prefix list') return `the addresses of ${named('prefix list', name)}`;
  if (isInternet(name))
    return name === '0.0.0.0/0' || name === '::/0'
      ? 'anyone on the internet'
      : `anyone in ${name}, which is half of the internet,`;
  return name === UNKNOWN ? 'a range known only after apply' : name;
}

function placeOf(source: Source): string {
  if (source.kind === 'range' && isInternet(source.name)) return 'the whole internet';
  return source.kind === 'group' && source.name !== 'itself' ? named('security group', source.name) : visitorOf(source);
}

function named(what: string, name: string): string {
  return name === UNKNOWN ? `a ${what} known only after apply` : `${what} ${name}`;
}

function portsInWords({ protocol, from, to, isUnknown }: Ports): string {
  if (isUnknown) return 'a port known only after apply';
  if (protocol === EVERY_PROTOCOL) return 'every port';
  const suffix = protocol === 'tcp' || protocol === '6' ? '' : ` (${protocol === '17' ? 'udp' : protocol})`;
  if (protocol.startsWith('icmp') || protocol === '1') return 'it by ICMP';
  if (from === undefined || to === undefined || (from <= 0 && to >= 65_535)) return `every port${suffix || ' (tcp)'}`;
  return from === to ? `port ${from}${suffix}` : `ports ${from} to ${to}${suffix}`;
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' ? number : undefined;
}
