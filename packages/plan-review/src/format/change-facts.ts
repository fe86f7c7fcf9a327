import type { ReviewedChange } from '../review/review-schema';
import { showValue } from './show-value';

/** One thing to know of a change, in a sentence. */
export interface ChangeFact {
  readonly kind: 'widened' | 'narrowed' | 'interrupts' | 'because' | 'note' | 'felt';
  readonly text: string;
}

/** Everything to know of a change beside its attributes, what matters most first. At most `most` names of what feels it. */
export function changeFacts(change: ReviewedChange, most: number): ChangeFact[] {
  const because = replacedBecauseInWords(change);
  const of = (kind: ChangeFact['kind'], ...texts: readonly string[]): ChangeFact[] =>
    texts.map((text) => ({ kind, text }));
  return [
    ...of('widened', ...change.widened),
    ...of('narrowed', ...change.narrowed),
    ...of('interrupts', ...change.interrupts),
    ...(because.length > 0 ? of('because', `replaced because of ${because.join(', ')}`) : []),
    ...(change.movedFrom === undefined ? [] : of('note', `moved from ${change.movedFrom}`)),
    ...(change.importedAs === undefined ? [] : of('note', `imported: ${change.importedAs}`)),
    ...of('note', ...change.notes),
    ...(change.downstream.length > 0
      ? of('felt', `felt by ${listed(change.downstream, most, change.downstreamCount)}`)
      : []),
  ];
}

/** Why a resource is replaced, with old and new where they are known: `availability_zone ("a" -> "b")`. */
function replacedBecauseInWords({ replacedBecause, attributes }: ReviewedChange): string[] {
  return replacedBecause.map((path) => {
    const attribute = attributes.find((candidate) => candidate.path === path);
    return attribute === undefined
      ? path
      : `${path} (${showValue(attribute.before, 60)} -> ${showValue(attribute.after, 60)})`;
  });
}

/** `a, b and 3 more`. */
export function listed(names: readonly string[], most: number, all = names.length): string {
  const shown = names.slice(0, most).join(', ');
  const left = all - Math.min(most, names.length);
  return left > 0 ? `${shown} and ${left} more` : shown;
}
