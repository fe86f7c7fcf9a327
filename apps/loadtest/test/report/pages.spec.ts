import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildRecord } from '../../src/record/build-record';
import { readRecord, writeRecord } from '../../src/record/record-file';
import type { RunRecord } from '../../src/record/record-schema';
import { htmlReport } from '../../src/report/html/html-report';
import { junitReport } from '../../src/report/junit-report';
import { markdownReport } from '../../src/report/markdown-report';
import { renderReports } from '../../src/report/render-reports';
import { terminalSummary } from '../../src/report/terminal-summary';
import { guide, syntheticContext, syntheticMeasurement, syntheticRecord, type SyntheticTarget } from './synthetic-run';

const recordOf = (target: SyntheticTarget, context: Parameters<typeof syntheticContext>[0] = {}): RunRecord =>
  buildRecord({ target: [syntheticMeasurement({ seconds: 20, ...target })] }, syntheticContext(context));

const complete = syntheticRecord(3);
const troubled = recordOf({ streaming: true, failing: { timeout: 0.03, status429: 0.1 }, cpu: 0.94, gateway: false });
const EVIL = '<script>alert(1)</script> & "quoted" | `code` @everyone\n# heading';
const hostile = ((): RunRecord => {
  const measurement = syntheticMeasurement({ seconds: 5, failing: { status5xx: 0.5 } });
  return buildRecord(
    { target: [{ ...measurement, failureSamples: [{ class: 'status5xx', message: EVIL, count: 1 }] }] },
    syntheticContext({
      target: `http://a/${EVIL}`,
      scenario: { ...guide, description: EVIL, request: { ...guide.request, model: EVIL } },
      provenance: { ...syntheticContext().provenance, labels: { [EVIL]: EVIL } },
    }),
  );
})();

/** What lies at a path such as `latency.p50`. */
function at(record: unknown, path: string): unknown {
  return path.split('.').reduce((value, key) => (value as Record<string, unknown> | undefined)?.[key], record);
}

describe('the page of a run', () => {
  it('is the same for the same record', () => {
    expect(htmlReport(complete)).toBe(htmlReport(complete));
  });

  it.each([
    ['complete', complete],
    ['troubled', troubled],
  ])('shows the figures of the %s record, each at its path', (_, record) => {
    const metrics = [...htmlReport(record).matchAll(/data-metric="([\w.]+)" data-value="([^"]+)"/g)];
    expect(metrics.length).toBeGreaterThan(30);
    for (const [, path = '', value] of metrics)
      if (!path.startsWith('slo.')) expect({ path, value: Number(value) }).toEqual({ path, value: at(record, path) });
  });

  it.each([
    ['loads nothing', /(src|href)\s*=(?!\s*["']?(data:|#))/i],
    ['imports nothing', /@import|url\((?!#)/i],
    ['asks for nothing', /\bfetch\(|XMLHttpRequest|WebSocket|EventSource/],
  ])('%s', (_, forbidden) => {
    expect(forbidden.exec(htmlReport(complete))?.[0]).toBeUndefined();
  });

  it('says of lateness in which rounds it was, where those through the gateway were on time', () => {
    const rounds = (lag: number, gateway: boolean) => [syntheticMeasurement({ seconds: 20, lag, gateway })];
    const text = (direct: number): string =>
      markdownReport(
        buildRecord(
          { target: rounds(0.4, true), direct: { target: 'http://d', rounds: rounds(direct, false) } },
          syntheticContext(),
        ),
      );
    expect(text(60)).toContain('99 % of the direct rounds were dispatched within');
    expect(text(0.1)).toContain('99 % were dispatched within');
  });

  it('lets nothing that others said become markup', () => {
    const page = htmlReport(hostile);
    expect(page).not.toContain('<script>alert');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quoted&quot;');
  });

  it('leaves out the sections that do not apply', () => {
    const sections = (record: RunRecord): string[] =>
      [...htmlReport(record).matchAll(/<section [^>]*id="(\w+)"/g)].map(([, id]) => id!);
    expect(sections(complete)).toEqual([
      'objectives',
      'latency',
      'time',
      'overhead',
      'trust',
      'published',
      'run',
      'terms',
    ]);
    expect(sections(recordOf({ gateway: false }, { scenario: { ...guide, slo: {} } }))).toEqual([
      'latency',
      'time',
      'trust',
      'published',
      'run',
      'terms',
    ]);
    expect(sections(troubled)).toContain('failures');
  });

  it.each([
    ['in which everything failed', recordOf({ failing: { connect: 1 } })],
    ['in which nothing started', recordOf({ rate: 0 })],
    ['in which all timed out', recordOf({ failing: { timeout: 1 } })],
    ['of one request', recordOf({ seconds: 1, rate: 1 })],
  ])('exists for a run %s', (_, record) => {
    const page = htmlReport(record);
    expect(page).toContain('</html>');
    expect(page).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('says "at least" where a percentile falls among timeouts', () => {
    expect(htmlReport(troubled)).toMatch(/data-metric="latency\.p99"[^>]*>at least 60\.0 s</);
  });
});

describe('the comment for a pull request', () => {
  it('says verdict, figures with the published ones beside them, and objectives', () => {
    const text = markdownReport(complete);
    expect(text).toMatch(/^## ✅ guide: All objectives met/);
    expect(text).toMatch(/\| latency p50 \| \*\*104\.\d ms\*\* \| 100 ms \|/);
    expect(text).toMatch(/\| ✅ \| p95 latency \| 10\d\.\d ms \| at most 160 ms \|/);
  });

  it('never outgrows what GitHub takes, and keeps its summary', () => {
    const samples = Array.from({ length: 500 }, (_, index) => ({
      class: 'status5xx' as const,
      message: `${index} `.repeat(200),
      count: 1,
    }));
    const measurement = {
      ...syntheticMeasurement({ seconds: 5, failing: { status5xx: 0.5 } }),
      failureSamples: samples,
    };
    const labels = Object.fromEntries(samples.map((_, index) => [`label-${index}`, 'x'.repeat(200)]));
    const text = markdownReport(
      buildRecord(
        { target: [measurement] },
        syntheticContext({ provenance: { ...syntheticContext().provenance, labels } }),
      ),
    );
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain('| latency p50 |');
    expect(text).toContain('it did not fit here');
  });

  it('lets nothing that others said become markup or a mention', () => {
    const text = markdownReport(hostile);
    expect(text).not.toContain('<script>');
    expect(text).not.toContain('@everyone');
    expect(text).not.toMatch(/^# heading/m);
  });
});

describe('the JUnit report', () => {
  it('has a case for validity and one for each objective', () => {
    const cases = [...junitReport(complete).matchAll(/<testcase [^>]*name="([^"]+)"/g)].map(([, name]) => name);
    expect(cases).toEqual([
      'the run can be trusted',
      'p50 latency at most 110 ms',
      'p95 latency at most 160 ms',
      'p99 latency at most 250 ms',
      'error rate at most 0.1 %',
      'achieved rate at least 90 requests/s',
      'p95 overhead (header) at most 8 ms',
    ]);
    expect(junitReport(complete)).toMatch(/tests="7" failures="0" errors="0"/);
  });

  it('fails for missed objectives and errs for an invalid run', () => {
    const xml = junitReport(troubled);
    expect(xml).toMatch(/failures="4" errors="1"/);
    expect(xml).toContain('type="invalid"');
  });
});

describe('the summary on the terminal', () => {
  const plain = terminalSummary(complete, false);

  it.each([
    ['latency p50', /latency p50 +104\.\d ms +100 ms/],
    ['latency p99', /latency p99 +11\d\.\d ms +240 ms/],
    ['the rate', /rate +99\.\d requests\/s +1,170 requests\/s/],
    ['the overhead by header', /overhead p95 \(header\) +6\.\d+ ms +8 ms/],
    [
      'the overhead against direct, with its interval',
      /overhead p50 \(against direct\) +\+[34]\.\d+ ms \(95 %: \+\d\.\d+ ms to \+\d\.\d+ ms\)/,
    ],
    ["Little's bound", /Little's bound +1,176 requests\/s +1,160 requests\/s/],
    ['an objective', /✓ met +p50 latency +104\.\d ms +at most 110 ms/],
    ['what was checked', /✓ +The generator had time to spare +its busiest process used 31 % of a core/],
    ['why the published figures may differ', /2 LiteLLM workers here, 16 there/],
  ])('shows %s with its unit', (_, expected) => {
    expect(plain).toMatch(expected);
  });

  it('is coloured only when asked to be', () => {
    expect(plain).not.toContain('\u001b[');
    expect(terminalSummary(complete, true)).toContain('\u001b[');
  });

  it('says first why an invalid run is not to be trusted', () => {
    expect(terminalSummary(troubled, false)).toMatch(
      /^Not to be trusted .*\n {2}✗ the load generator used 94 % of a core/,
    );
  });

  it('tells failures in the words of the target', () => {
    expect(terminalSummary(troubled, false)).toMatch(/status429 +\d+ +<b>status429<\/b>: the target's own words/);
  });
});

describe('pages again from records', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loadlab-pages-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const filed = (name: string, record: RunRecord): string => {
    const file = join(folder, name);
    writeRecord(file, record);
    return file;
  };
  const startedAt = (minute: number): string => new Date(Date.UTC(2026, 10, 23, 12, minute)).toISOString();
  const one = filed('one.json', recordOf({ startedAt: startedAt(0) }, { id: 'one' }));
  const two = filed('two.json', recordOf({ seed: 2, startedAt: startedAt(5) }, { id: 'two' }));
  const other = filed('other.json', recordOf({}, { id: 'other', scenario: { ...guide, name: 'other' } }));

  it('of one lie beside it', () => {
    expect(renderReports([one])).toEqual(['report.html', 'report.md', 'junit.xml'].map((name) => join(folder, name)));
  });

  it('of several with one scenario are the pages of their sum', () => {
    const out = join(folder, 'sum');
    expect(renderReports([one, two], out)[0]).toBe(join(out, 'merged.json'));
    expect(readRecord(join(out, 'merged.json')).counts.started).toBe(4000);
  });

  it('of several scenarios have a folder each', () => {
    const out = join(folder, 'each');
    renderReports([one, other], out);
    expect(readdirSync(out).sort()).toEqual(['guide', 'other']);
  });

  it.each([
    ['several without a folder', () => renderReports([one, two]), /--out\n\s+is needed with several records/],
    ['a record twice', () => renderReports([one, one], folder), /is the same record as/],
    [
      'files that are no records',
      () => renderReports([junk('a'), junk('b')], folder),
      /a\.json\n.*no such[^]*b\.json|a\.json\n\s+schema\s+is not a record[^]*b\.json/,
    ],
    [
      'a folder that cannot be made',
      () => renderReports([one], join(one, 'below')),
      /cannot be written to \(ENOTDIR\)/,
    ],
  ])('refuse %s', (_, render, expected) => {
    expect(render).toThrow(expected);
  });

  function junk(name: string): string {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, '{"name": 1}');
    return file;
  }

  it('leave the records as they were', () => {
    copyFileSync(one, join(folder, 'copy.json'));
    renderReports([one]);
    expect(readFileSync(one, 'utf8')).toBe(readFileSync(join(folder, 'copy.json'), 'utf8'));
  });
});

describe('the cost of a run', () => {
  const paid: RunRecord = {
    ...complete,
    cost: {
      currency: 'USD',
      hourly: 1.05,
      run: 0.0875,
      perMillionRequests: 0.2917,
      notCounted: ['logs by GB'],
      basis: 'list prices of 2026-11-01',
    },
  };

  it.each([
    ['page', htmlReport(paid)],
    ['comment', markdownReport(paid)],
    ['terminal', terminalSummary(paid, false)],
  ])('is on the %s, with what is not counted', (_, text) => {
    expect(text).toContain('$1.05 an hour');
    expect(text).toContain('$0.0875');
    expect(text).toContain('$0.29');
    expect(text).toContain('list prices of 2026-11-01; not counted: logs by GB');
  });

  it('is nowhere when it is not known', () => {
    expect(htmlReport(complete)).not.toContain('cost of');
    expect(terminalSummary(complete, false)).not.toContain('cost of');
  });
});
