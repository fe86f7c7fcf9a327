import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import type { EncodedHistogram, Measurement } from '../measurement/measurement';
import type { AnswerFacts } from './answer-facts';
import { HealthMonitor } from './health-monitor';
import { type Ending, Recorder, type RecorderOptions } from './recorder';

const options: RecorderOptions = {
  timeline: { rampedUpMs: 1_000, windowStartMs: 2_000, windowEndMs: 5_000 },
  timeoutMs: 10_000,
  warmUpSeconds: 1,
  streaming: false,
  idleRoundTripUs: 200,
  startedAtMs: Date.UTC(2026, 0, 1),
  secrets: [],
};
const facts: AnswerFacts = {
  outputTokens: 7,
  overheadMs: NaN,
  responseMs: NaN,
  firstTokenMs: NaN,
  gapsMs: new Float64Array(0),
  gapCount: 0,
};
const ended: Ending = { endMs: 5_000, partial: false, unfinished: 0 };
const idle = { cpuUs: () => 0, rssBytes: () => 0, eventLoop: () => performance.eventLoopUtilization() };

function measured(
  record: (recorder: Recorder) => void,
  { ending = ended, ...changes }: Partial<RecorderOptions> & { ending?: Ending } = {},
): Measurement {
  const recorder = new Recorder({ ...options, ...changes });
  record(recorder);
  return recorder.toMeasurement(ending, new HealthMonitor(idle));
}

/** The values of a histogram, one by one, as it can tell them apart. */
function valuesOf(encoded: EncodedHistogram | undefined): number[] {
  if (encoded === undefined) return [];
  const histogram = decodeFromCompressedBase64(encoded);
  return Array.from({ length: histogram.totalCount }, (_, rank) =>
    histogram.getValueAtPercentile(((rank + 0.5) * 100) / histogram.totalCount),
  );
}

describe('the cohort', () => {
  it.each([
    ['before the window', 1_999.999, 0],
    ["at the window's start", 2_000, 1],
    ["before the window's end", 4_999.999, 1],
    ["at the window's end", 5_000, 0],
  ])('decides by the intended start: %s', (_, intendedMs, counted) => {
    const { counts, histograms } = measured((recorder) => {
      recorder.started(intendedMs, intendedMs);
      recorder.succeeded(intendedMs, intendedMs, intendedMs + 100, facts);
    });
    expect([counts.started, counts.succeeded, valuesOf(histograms.latency).length]).toEqual([
      counted,
      counted,
      counted,
    ]);
  });

  it('keeps a request that was dispatched or answered after the window', () => {
    const { counts, completedInWindow } = measured((recorder) => {
      recorder.started(4_999, 5_004);
      recorder.succeeded(4_999, 5_004, 9_000, facts);
    });
    expect([counts.started, counts.succeeded, completedInWindow]).toEqual([1, 1, 0]);
  });
});

describe('the achieved rate', () => {
  it.each([
    ['in the window, of a request from before it', 1_000, 2_000, 1],
    ['before the window', 1_000, 1_999, 0],
    ['in the window', 3_000, 4_999, 1],
    ['after the window', 3_000, 5_000, 0],
  ])('counts completions %s', (_, intendedMs, completedMs, counted) => {
    const { completedInWindow } = measured((recorder) => {
      recorder.started(intendedMs, intendedMs);
      recorder.succeeded(intendedMs, intendedMs, completedMs, facts);
    });
    expect(completedInWindow).toBe(counted);
  });

  it('does not count failures', () => {
    const { completedInWindow } = measured((recorder) => recorder.failed('status5xx', '500', 3_000, 3_100));
    expect(completedInWindow).toBe(0);
  });
});

describe('times', () => {
  it('count from the intended start, service times from the send, lag to the dispatch', () => {
    const { histograms, generator } = measured((recorder) => {
      recorder.started(3_000, 3_000.4);
      recorder.succeeded(3_000, 3_000.5, 3_001.5, facts);
    });
    expect(valuesOf(histograms.latency)).toEqual([1_500]);
    expect(valuesOf(histograms.serviceTime)).toEqual([1_000]);
    expect(valuesOf(generator.dispatchLag)).toEqual([400]);
  });

  it('of a timeout are the limit, in the latencies and nowhere else', () => {
    const { counts, censored, histograms } = measured((recorder) => {
      recorder.started(3_000, 3_000);
      recorder.timedOut('no answer', 3_000, 13_017);
    });
    expect([counts.failed.timeout, censored]).toEqual([1, 1]);
    expect(valuesOf(histograms.latency)[0]).toBeCloseTo(10_000_000, -4);
    expect(valuesOf(histograms.serviceTime)).toEqual([]);
    expect(valuesOf(histograms.failedLatency)).toEqual([]);
  });

  it('of other failures are kept apart, so that fast errors never flatter', () => {
    const { counts, histograms } = measured((recorder) => {
      recorder.started(3_000, 3_000);
      recorder.failed('status429', 'slow down', 3_000, 3_001);
    });
    expect(counts.failed.status429).toBe(1);
    expect(valuesOf(histograms.failedLatency)).toEqual([1_000]);
    expect(valuesOf(histograms.latency)).toEqual([]);
  });
});

describe("LiteLLM's headers", () => {
  it('give its own overhead, and the queueing before its clock: service time less its response time less the idle round trip', () => {
    const { histograms } = measured((recorder) => {
      recorder.succeeded(3_000, 3_000, 3_002, { ...facts, overheadMs: 0.25, responseMs: 1.5 });
    });
    expect(valuesOf(histograms.headerOverhead)).toEqual([250]);
    expect(valuesOf(histograms.queueing)).toEqual([300]);
  });

  it('give no negative queueing', () => {
    const { histograms } = measured((recorder) => {
      recorder.succeeded(3_000, 3_000, 3_001, { ...facts, responseMs: 1 });
    });
    expect(valuesOf(histograms.queueing)).toEqual([0]);
  });

  it('leave their sections out when they are missing', () => {
    const { histograms } = measured((recorder) => recorder.succeeded(3_000, 3_000, 3_001, facts));
    expect(Object.keys(histograms).sort()).toEqual(['failedLatency', 'latency', 'serviceTime']);
  });

  it('name the version, or several', () => {
    const { litellmVersion } = measured((recorder) => {
      for (const version of ['1.81.0', '', '1.80.5', '1.81.0']) recorder.sawVersion(version);
    });
    expect(litellmVersion).toBe('1.80.5, 1.81.0');
  });
});

describe('streams', () => {
  const streamed = { ...facts, outputTokens: 5, firstTokenMs: 3_050, gapsMs: Float64Array.of(10, 20, 99), gapCount: 2 };

  it('give time to the first token from the intended start, gaps, and tokens per second after the first token', () => {
    const { histograms, outputTokens } = measured((recorder) => recorder.succeeded(3_000, 3_010, 3_090, streamed), {
      streaming: true,
    });
    expect(valuesOf(histograms.timeToFirstToken)[0]).toBeCloseTo(50_000, -2);
    expect(valuesOf(histograms.interTokenGap).map((gap) => Math.round(gap / 100) / 10)).toEqual([10, 20]);
    // 4 more tokens in 40 ms.
    expect(valuesOf(histograms.streamTokenRateMilli)[0]).toBeCloseTo(100_000, -2);
    expect(outputTokens).toBe(5);
  });
});

describe('the accounting', () => {
  it('takes the number of unfinished requests from whoever holds them, so that a lost one shows', () => {
    const { counts } = measured(
      (recorder) => {
        for (let request = 0; request < 5; request += 1) recorder.started(3_000, 3_000);
        recorder.succeeded(3_000, 3_000, 3_001, facts);
      },
      { ending: { endMs: 4_000, partial: true, unfinished: 3 } },
    );
    expect(counts).toMatchObject({ started: 5, succeeded: 1, unfinished: 3 });
  });

  it.each([
    ['in the window', 3_500, 1.5],
    ['before the window', 1_500, 0],
    ['in the drain', 7_000, 3],
  ])('of a run interrupted %s says how long its window was', (_, endMs, windowSeconds) => {
    const measurement = measured(() => undefined, { ending: { endMs, partial: true, unfinished: 0 } });
    expect(measurement).toMatchObject({ windowSeconds, partial: true });
  });

  it('says when the window began', () => {
    expect(measured(() => undefined)).toMatchObject({ startedAt: '2026-01-01T00:00:02.000Z', warmUpSeconds: 1 });
  });
});

describe('the series', () => {
  it('has every second from the window on, with what started and ended in it', () => {
    const { series } = measured((recorder) => {
      recorder.started(1_900, 1_900);
      recorder.started(2_100, 2_100);
      recorder.succeeded(1_900, 1_900, 2_050, facts);
      recorder.failed('reset', 'gone', 2_100, 2_200);
      recorder.started(4_500, 4_500);
      recorder.timedOut('late', 4_500, 14_500);
    });
    expect(series).toHaveLength(13);
    expect(series[0]).toMatchObject({ second: 0, started: 1, succeeded: 1, failed: 1, failedByClass: { reset: 1 } });
    expect(series[1]).toEqual({ second: 1, started: 0, succeeded: 0, failed: 0, failedByClass: {} });
    expect(series[2]).toMatchObject({ started: 1 });
    expect(series[12]).toMatchObject({ failed: 1, failedByClass: { timeout: 1 } });
    expect(valuesOf(series[0]?.latency)[0]).toBeCloseTo(150_000, -4);
  });
});
