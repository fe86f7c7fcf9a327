import { diffLines } from 'diff';
import type { ReviewedChange } from '../review/review-schema';
import { UNKNOWN } from '../values/masks';
import { showValue } from './show-value';
import { visible } from './visible';

/** One line of what changes: taken away, put in, changed, or only there for orientation. */
export interface AttributeLine {
  readonly kind: 'gone' | 'come' | 'changed' | 'same' | 'fold';
  readonly text: string;
  /** Of a change, its three parts. */
  readonly parts?: { readonly name: string; readonly before: string; readonly after: string };
}

type Attribute = ReviewedChange['attributes'][number];

/** Lines of an unchanged text that are shown around a change. */
const CONTEXT = 2;
/** Longer texts are compared as values: no one reads them line by line. */
const LONGEST_TEXT = 100_000;

/**
 * What changes, a line each. Texts of several lines are compared line by line. What will only be known after the apply is named
 * together, in the last line, unless it is the reason for a replacement.
 */
export function attributeLines(
  {
    attributes,
    replacedBecause = [],
  }: { readonly attributes: readonly Attribute[]; readonly replacedBecause?: readonly string[] },
  most: number,
): AttributeLine[] {
  const isFolded = ({ path, after }: Attribute): boolean => after === UNKNOWN && !replacedBecause.includes(path);
  const folded = attributes.filter(isFolded);
  return [
    ...attributes.filter((attribute) => !isFolded(attribute)).flatMap((attribute) => linesOf(attribute, most)),
    ...(folded.length === 0
      ? []
      : [{ kind: 'fold' as const, text: `known after apply: ${folded.map(({ path }) => visible(path)).join(', ')}` }]),
  ];
}

function linesOf({ path, before, after }: Attribute, most: number): AttributeLine[] {
  const name = path === '' ? 'value' : visible(path);
  if (isLongText(before) && isLongText(after))
    return [{ kind: 'changed', text: `${name}:` }, ...textLines(before, after)];
  if (before === undefined) return [{ kind: 'come', text: `${name} = ${showValue(after, most)}` }];
  if (after === undefined) return [{ kind: 'gone', text: `${name} = ${showValue(before, most)}` }];
  const parts = { name, before: showValue(before, most), after: showValue(after, most) };
  return [{ kind: 'changed', text: `${name}: ${parts.before} -> ${parts.after}`, parts }];
}

function isLongText(value: unknown): value is string {
  return typeof value === 'string' && value.trimEnd().includes('\n') && value.length <= LONGEST_TEXT;
}

function textLines(before: string, after: string): AttributeLine[] {
  const lines = diffLines(before, after).flatMap(({ value, added, removed }) =>
    value
      .replace(/\n$/, '')
      .split('\n')
      .map((line): AttributeLine => ({
        kind: added ? 'come' : removed ? 'gone' : 'same',
        text: `    ${visible(line)}`,
      })),
  );
  const isNear = (index: number): boolean =>
    lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(({ kind }) => kind !== 'same');
  return lines.flatMap((line, index): AttributeLine[] => {
    if (isNear(index)) return [line];
    return index === 0 || isNear(index - 1) ? [{ kind: 'same', text: '    …' }] : [];
  });
}
