import { formatProblems, InputError, isError } from './problem';

describe('problems, for people', () => {
  it('stand by file, with their columns aligned', () => {
    const text = formatProblems([
      { file: 'a.yaml', path: 'proxy.imge', message: 'unknown key', hint: 'did you mean "image"?' },
      { file: 'b.yaml', path: '', line: 3, message: 'not valid YAML' },
      { file: 'a.yaml', path: 'proxy.workersPerTask', message: '8 workers do not fit 4 vCPU', hint: 'at most 4' },
      { file: 'c.yaml', path: '', message: 'no such file' },
    ]);
    expect(text.split('\n')).toEqual([
      'a.yaml',
      '  proxy.imge            unknown key                  -> did you mean "image"?',
      '  proxy.workersPerTask  8 workers do not fit 4 vCPU  -> at most 4',
      'b.yaml',
      '  line 3  not valid YAML',
      'c.yaml',
      '  no such file',
    ]);
  });

  it('say when they are only warnings', () => {
    const warning = { file: 'a.yaml', path: 'x', message: 'is odd', severity: 'warning' } as const;
    expect(formatProblems([warning])).toBe('a.yaml\n  x  warning: is odd');
    expect(isError(warning)).toBe(false);
    expect(isError({ ...warning, severity: 'error' })).toBe(true);
  });

  it('are the message of the error that carries them', () => {
    const problems = [{ file: 'a.yaml', path: 'x', message: 'is odd' }];
    expect(new InputError(problems)).toMatchObject({ name: 'InputError', problems, message: 'a.yaml\n  x  is odd' });
  });
});
