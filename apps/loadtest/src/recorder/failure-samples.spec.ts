import { FailureSamples } from './failure-samples';

describe('failure samples', () => {
  it('tell messages apart by their words, not by their numbers', () => {
    const samples = new FailureSamples([]);
    samples.add('status429', 'try again in 1.25 s');
    samples.add('status429', 'try again in 0.5 s');
    samples.add('status429', 'quota exceeded, request 7f9c24e8-3b12-4fef-91e0-56a2d1c0ffee');
    samples.add('status429', 'quota exceeded, request 11111111-2222-4333-8444-555555555555');
    samples.add('status5xx', 'try again in 1.25 s');
    expect(samples.toList()).toEqual([
      { class: 'status429', message: 'try again in 1.25 s', count: 2 },
      { class: 'status429', message: 'quota exceeded, request 7f9c24e8-3b12-4fef-91e0-56a2d1c0ffee', count: 2 },
      { class: 'status5xx', message: 'try again in 1.25 s', count: 1 },
    ]);
  });

  it('keep a few of each class, and count the rest', () => {
    const samples = new FailureSamples([]);
    for (const word of ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'one']) samples.add('content', word);
    expect(samples.toList().map(({ message, count }) => `${message} ${count}`)).toEqual([
      'one 2',
      'two 1',
      'three 1',
      'four 1',
      'five 1',
      '(other messages) 2',
    ]);
  });

  it.each([
    ['the key that was sent', 'key topsecretvalue is wrong', 'key *** is wrong'],
    ['a key that looks like one', 'Received API Key = sk-...ab12, hash 3f', 'Received API Key = sk-***, hash 3f'],
    ['a bearer token', 'got Authorization: Bearer abc.def.ghi', 'got Authorization: Bearer ***'],
  ])('never show %s', (_, words, shown) => {
    const samples = new FailureSamples(['topsecretvalue', 'is', '']);
    samples.add('status4xx', words);
    expect(samples.toList()[0]?.message).toBe(shown);
  });

  it('are one line of bearable length', () => {
    const samples = new FailureSamples([]);
    samples.add('content', `a\n\n  b${'x'.repeat(1_000)}`);
    expect(samples.toList()[0]?.message).toMatch(/^a bx{297}$/);
  });
});
