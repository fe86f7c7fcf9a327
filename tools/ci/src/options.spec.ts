import { InputError } from '@loadlab/foundation';
import { readOptions } from './options';

const PLAN = 'a'.repeat(64);

describe('a command line', () => {
  it('works on the rehearsal unless told otherwise', () => {
    expect(readOptions(['pr'])).toMatchObject({ command: 'pr', aws: false, environments: [], destroy: false });
    expect(readOptions(['reap', '--aws', '--destroy', '--environment', 'mine'])).toMatchObject({
      aws: true,
      destroy: true,
      environments: ['mine'],
    });
  });

  it('names approved plans as the review prints them, with commas or blanks', () => {
    expect(readOptions(['apply', '--approved', `a/network=${PLAN}, b/proxy-service=${PLAN}`]).approved).toEqual([
      { environment: 'a', stack: 'network', plan: PLAN },
      { environment: 'b', stack: 'proxy-service', plan: PLAN },
    ]);
  });

  it.each<[string[], RegExp]>([
    [[], /is nothing that CI does/],
    [['deploy'], /deploy +is nothing that CI does/],
    [['pr', 'more'], /one word too many/],
    [['pr', '--enviroment', 'x'], /unknown flag[\s\S]*did you mean --environment/],
    [['pr', '--environment'], /--environment +wants a value/],
    [['pr', '--environment', '--aws'], /--environment +wants a value/],
    [['pr', '--aws=yes'], /--aws +takes no value, and has "yes"/],
    [['pr', '--destroy'], /--destroy +does nothing here +-> known: --environment, --aws, --rehearse, --base, --only/],
    [['apply', '--only', 'review'], /--only +does nothing here/],
    [['waves', '--aws'], /--aws +does nothing here +-> known: --environment/],
    [['pr', '--aws', '--rehearse'], /exclude each other/],
    [['pr', '--only', 'tests'], /is not "tests"[\s\S]*checks, review/],
    [['apply', '--approved', `network=${PLAN}`], /names no plan/],
    [['apply', '--approved', 'a/network=abc'], /names no plan/],
  ])('%j is refused', (args, words) => {
    expect(() => readOptions(args)).toThrow(InputError);
    expect(() => readOptions(args)).toThrow(words);
  });
});
