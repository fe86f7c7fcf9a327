import type { ReviewedChange } from './review-schema';
import { holds, isBookkeeping, isReplacedByDesign, liftsProtection, protects } from './resource-kinds';

/** From worst to harmless. */
export const RISKS = ['critical', 'high', 'medium', 'low', 'none'] as const;
export type Risk = (typeof RISKS)[number];

/** How dangerous a change is, and why in words that follow on "it …". */
export interface Judgement {
  readonly risk: Risk;
  readonly reason: string;
}

/** What a judgement looks at. */
export interface Judged extends Pick<
  ReviewedChange,
  'address' | 'type' | 'action' | 'attributes' | 'interrupts' | 'movedFrom' | 'importedAs'
> {
  readonly widened: readonly string[];
  /** What is left over from a replacement that failed halfway: its successor stands already. */
  readonly isDeposed: boolean;
}

/** The rules, worst first; the first that has something to say decides. */
const RULES: readonly ((change: Judged) => Judgement | undefined)[] = [
  ({ action, address, isDeposed }) =>
    isDeposed && action === 'delete'
      ? { risk: 'low', reason: `clears away what a failed replacement left of ${address}` }
      : undefined,
  ({ action, type, address }) => {
    const content = holds(type);
    if (content === undefined || (action !== 'delete' && action !== 'replace')) return undefined;
    return { risk: 'critical', reason: `${action}s ${address}, which holds ${content}` };
  },
  ({ action, type, address }) => {
    const protection = action === 'delete' ? protects(type) : undefined;
    if (protection === undefined) return undefined;
    return { risk: 'critical', reason: `lifts a protection: deletes ${address}, and with it ${protection}` };
  },
  ({ attributes, address, action }) => {
    if (action !== 'update') return undefined;
    const lifted = attributes.find(({ path, before, after }) => liftsProtection(path, before, after));
    return lifted === undefined
      ? undefined
      : { risk: 'critical', reason: `lifts a protection of ${address}: ${lifted.path}` };
  },
  ({ widened: [widening], address }) =>
    widening === undefined ? undefined : { risk: 'high', reason: `${address}: ${widening}` },
  ({ action, address, type }) => {
    if (action === 'delete')
      return {
        risk: isBookkeeping(type) ? 'low' : isReplacedByDesign(type) ? 'medium' : 'high',
        reason: `deletes ${address}`,
      };
    if (action !== 'replace') return undefined;
    if (isReplacedByDesign(type)) return { risk: 'low', reason: `replaces ${address}, as its kind always is` };
    return { risk: 'high', reason: `replaces ${address}` };
  },
  ({ action, type, address }) =>
    action === 'forget'
      ? {
          risk: holds(type) === undefined ? 'medium' : 'high',
          reason: `forgets ${address}: it stays, but nobody manages it`,
        }
      : undefined,
  ({ interrupts: [interruption], address }) =>
    interruption === undefined ? undefined : { risk: 'medium', reason: `updates ${address}, and ${interruption}` },
  ({ action, attributes, address }) => {
    if (action !== 'update') return undefined;
    if (attributes.length === 0)
      return { risk: 'none', reason: `writes ${address} in another way, which means the same` };
    const tagsOnly = attributes.every(({ path }) => /^tags(?:_all)?(?:$|\.)/.test(path));
    return tagsOnly
      ? { risk: 'none', reason: `changes only tags of ${address}` }
      : { risk: 'medium', reason: `updates ${address} in place` };
  },
  ({ action, address }) => (action === 'create' ? { risk: 'low', reason: `creates ${address}` } : undefined),
  ({ movedFrom, address }) =>
    movedFrom === undefined ? undefined : { risk: 'none', reason: `only moves ${movedFrom} to ${address}` },
  ({ importedAs, address }) =>
    importedAs === undefined ? undefined : { risk: 'none', reason: `takes ${address} under Terraform’s care` },
];

/** Judges one change. */
export function judge(change: Judged): Judgement {
  for (const rule of RULES) {
    const judgement = rule(change);
    if (judgement !== undefined) return judgement;
  }
  return { risk: 'none', reason: 'changes nothing' };
}

/** Negative when `left` is the worse one. */
export function compareRisks(left: Risk, right: Risk): number {
  return RISKS.indexOf(left) - RISKS.indexOf(right);
}
