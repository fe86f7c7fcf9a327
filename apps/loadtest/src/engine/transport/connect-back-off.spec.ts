import type { Failure } from '../failure';
import { ConnectBackOff } from './connect-back-off';

const refused: Failure = { failureClass: 'connect', words: 'connect ECONNREFUSED' };

/** Tries whenever it may, every tenth of a millisecond. @returns when it tried */
function triesIn(backOff: ConnectBackOff, fromMs: number, toMs: number): number[] {
  const tries: number[] = [];
  for (let tenth = fromMs * 10; tenth < toMs * 10; tenth += 1)
    if (backOff.refusal(tenth / 10) === undefined) {
      tries.push(tenth / 10);
      backOff.failed(refused, tenth / 10);
    }
  return tries;
}

describe('the back-off of connections', () => {
  it('doubles its pauses up to 20 ms', () => {
    const tries = triesIn(new ConnectBackOff(), 0, 100);
    const pauses = tries.slice(1).map((time, index) => Math.round(time - (tries[index] ?? 0)));
    expect(pauses.slice(0, 7)).toEqual([1, 2, 4, 8, 16, 20, 20]);
  });

  it('lets requests fail meanwhile with the words of the last attempt', () => {
    const backOff = new ConnectBackOff();
    backOff.failed(refused, 0);
    expect(backOff.refusal(0.5)).toEqual(refused);
  });

  it('takes attempts that failed together for one', () => {
    const backOff = new ConnectBackOff();
    for (let attempt = 0; attempt < 50; attempt += 1) backOff.failed(refused, 0);
    expect(backOff.refusal(1)).toBeUndefined();
  });

  it('is over with the first connection', () => {
    const backOff = new ConnectBackOff();
    triesIn(backOff, 0, 100);
    backOff.succeeded();
    backOff.failed(refused, 200);
    expect([backOff.refusal(200.5), backOff.refusal(201)]).toEqual([refused, undefined]);
  });
});
