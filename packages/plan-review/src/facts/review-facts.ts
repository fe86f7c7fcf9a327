import type { ReviewFact } from '@loadlab/foundation';
import type { PlanJson } from '../plan/plan-json';
import type { ReviewedFact } from '../review/review-schema';
import { factsIn } from './read-facts';

type Amount = Extract<ReviewFact, { amount: number }>;
type Moment = Extract<ReviewFact, { expiresAt: string }>;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * What a plan does to the budgets and ends that its stack tells of, in words. What stays as it was is not mentioned, unless it is
 * beyond its limit or over. An end is compared with the time at which the plan was made.
 */
export function reviewFacts(stack: string, plan: PlanJson): ReviewedFact[] {
  const { before, after, unread } = factsIn(plan);
  const now = plan.timestamp === undefined ? undefined : Date.parse(plan.timestamp);
  const reviewed = after.flatMap((fact): ReviewedFact[] => {
    const earlier = before.find(({ subject }) => subject === fact.subject);
    const found =
      'amount' in fact
        ? amountInWords(fact, earlier !== undefined && 'amount' in earlier ? earlier : undefined)
        : momentInWords(fact, earlier !== undefined && 'expiresAt' in earlier ? earlier : undefined, now);
    return found === undefined ? [] : [{ stack, subject: fact.subject, ...found }];
  });
  const gone = before
    .filter(({ subject }) => !after.some((fact) => fact.subject === subject) && unread === 0)
    .map(({ subject }): ReviewedFact => ({
      stack,
      subject,
      risk: 'low',
      words: `${subject}: the stack tells nothing of them any more`,
    }));
  const hidden: ReviewedFact[] =
    unread === 0
      ? []
      : [
          {
            stack,
            subject: 'review facts',
            risk: 'low',
            words: `${unread} of the stack’s review facts cannot be read before the apply`,
          },
        ];
  return [...reviewed, ...gone, ...hidden];
}

type Words = Pick<ReviewedFact, 'words' | 'risk'>;

function amountInWords(now: Amount, before: Amount | undefined): Words | undefined {
  const { subject, amount, peak, limit, how, beyond } = now;
  const most = Math.max(amount, peak ?? 0);
  const excess = limit === undefined ? 0 : most - limit;
  if (excess <= 0 && before !== undefined && same(now, before)) return undefined;
  const sum = `${arrow(before?.amount, amount)}${how === undefined ? '' : ` (${how})`}`;
  const rollout = peak === undefined ? '' : `, ${arrow(before?.peak, peak)} during a rollout`;
  const room = limit === undefined ? '' : `, of ${arrow(before?.limit, limit)}`;
  const consequence = excess <= 0 ? '' : `: ${count(excess)} too many${beyond === undefined ? '' : `, ${beyond}`}`;
  return {
    words: `${subject}: ${sum}${rollout}${room}${consequence}`,
    risk: excess > 0 ? 'high' : 'none',
  };
}

function same(left: Amount, right: Amount): boolean {
  return left.amount === right.amount && left.peak === right.peak && left.limit === right.limit;
}

function momentInWords(fact: Moment, before: Moment | undefined, now: number | undefined): Words | undefined {
  const end = Date.parse(fact.expiresAt);
  const isOver = now !== undefined && end <= now;
  const isMoved = before !== undefined && Date.parse(before.expiresAt) !== end;
  if (!isOver && before !== undefined && !isMoved) return undefined;
  const distance = now === undefined ? '' : `, ${isOver ? `${span(now - end)} ago` : `in ${span(end - now)}`}`;
  const was = isMoved ? ` (was ${moment(before.expiresAt)})` : '';
  const consequence = isOver && fact.after !== undefined ? `: ${fact.after}` : '';
  return {
    words: `${fact.subject} ${isOver ? 'expired' : 'expires'} ${moment(fact.expiresAt)}${distance}${was}${consequence}`,
    risk: isOver ? 'high' : 'none',
  };
}

function moment(text: string): string {
  return `${new Date(text).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** A span of milliseconds in its largest unit. */
function span(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  const [size, unit] = seconds >= 2 * DAY ? [DAY, 'day'] : seconds >= HOUR ? [HOUR, 'hour'] : [MINUTE, 'minute'];
  const number = Math.round(seconds / size);
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}

function arrow(before: number | undefined, after: number): string {
  return before === undefined || before === after ? count(after) : `${count(before)} -> ${count(after)}`;
}

function count(number: number): string {
  return Number.isInteger(number) ? String(number) : number.toFixed(2);
}
