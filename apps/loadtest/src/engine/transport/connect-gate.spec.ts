import { ConnectGate } from './connect-gate';

function callers(count: number, admitted: number[]) {
  return Array.from({ length: count }, (_, name) => ({ admitted: () => admitted.push(name) }));
}

describe('the gate of connections', () => {
  it('admits so many at once, and the others in their order as places become free', () => {
    const admitted: number[] = [];
    const gate = new ConnectGate(2);
    for (const caller of callers(5, admitted)) gate.enter(caller);
    expect(admitted).toEqual([0, 1]);
    gate.leave();
    expect(admitted).toEqual([0, 1, 2]);
    gate.leave();
    gate.leave();
    expect(admitted).toEqual([0, 1, 2, 3, 4]);
  });

  it('forgets who gave up', () => {
    const admitted: number[] = [];
    const gate = new ConnectGate(1);
    const [first, second, third] = callers(3, admitted);
    for (const caller of [first!, second!, third!]) gate.enter(caller);
    gate.giveUp(second!);
    gate.leave();
    expect(admitted).toEqual([0, 2]);
  });
});
