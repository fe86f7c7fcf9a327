import { guide } from '../../test/report/synthetic-run';
import type { Progress } from '../run/load-generator';
import type { RunEvent } from '../run/run-load-test';
import { progressLine } from './progress-line';
import { progressReporter } from './progress-reporter';

const progress: Progress = {
  elapsedSeconds: 12.4,
  phase: 'window',
  rate: 1169.6,
  p50Us: 101_234,
  p99Us: 148_000,
  errors: 1,
  inFlight: 117,
};
const round: RunEvent = {
  type: 'round',
  index: 2,
  of: 8,
  round: { kind: 'target', number: 1, scenario: guide, file: 'result-1.json' },
};
const moment = (elapsedSeconds: number): RunEvent => ({
  type: 'progress',
  index: 2,
  of: 8,
  progress: { ...progress, elapsedSeconds },
});

function streamOf(terminal: { isTTY?: boolean; columns?: number }) {
  const written: string[] = [];
  return { written, stream: { ...terminal, write: (text: string) => written.push(text) } };
}

describe('the line of progress', () => {
  it('says where a run is, each figure with its unit', () => {
    expect(progressLine(progress, '2/8 target', 200)).toBe(
      '2/8 target  12 s  measuring  1,170 requests/s  p50 101.2 ms  p99 148.0 ms  1 error  117 in flight',
    );
  });

  it.each([200, 80, 60, 40, 20, 5])('never has more than %d columns', (columns) => {
    expect(progressLine(progress, '2/8 target', columns).length).toBeLessThanOrEqual(columns);
  });

  it('leaves out percentiles before there is an answer', () => {
    expect(progressLine({ ...progress, p50Us: 0, p99Us: 0 }, '', 200)).not.toContain('p50');
  });
});

describe('progress', () => {
  it('redraws one line on a terminal, within its width', () => {
    const { written, stream } = streamOf({ isTTY: true, columns: 40 });
    const reporter = progressReporter(stream);
    for (const event of [round, moment(1), moment(2)]) if (event.type !== 'warning') reporter.show(event);
    reporter.end();
    expect(written).toHaveLength(3);
    for (const text of written) expect(text.startsWith('\r\u001b[2K')).toBe(true);
    expect(written[1]!.slice('\r\u001b[2K'.length).length).toBeLessThan(40);
    expect(written[2]).toBe('\r\u001b[2K');
  });

  it('clears the live line before it says something that stays', () => {
    const { written, stream } = streamOf({ isTTY: true });
    const reporter = progressReporter(stream);
    const event = moment(1);
    if (event.type !== 'warning') reporter.show(event);
    reporter.say('watch out');
    expect(written.slice(1)).toEqual(['\r\u001b[2K', 'watch out\n']);
  });

  it('writes a line for every ten seconds of load elsewhere, across rounds', () => {
    const { written, stream } = streamOf({});
    const reporter = progressReporter(stream);
    const quarters = Array.from({ length: 100 }, (_, quarter) => moment(quarter / 4));
    for (const event of [round, ...quarters, round, moment(5), moment(5.5)])
      if (event.type !== 'warning') reporter.show(event);
    expect(written.map((text) => text.split('  ').slice(0, 2).join(' ').trim())).toEqual([
      'round 2/8 target',
      '2/8 target 10 s',
      '2/8 target 20 s',
      'round 2/8 target',
      '2/8 target 6 s',
    ]);
  });
});
