import type { RunRecord } from '../record/record-schema';
import { samplesNeeded } from '../scenario/expected-requests';
import { failures, MOST_DISPATCH_LAG_US, MOST_GENERATOR_CPU } from '../validity/judge-validity';
import { asDuration, asPercent, counted, inMilliseconds, inThousands } from './figures';

/** One thing that speaks for or against trusting a run. `note` is for what makes no run invalid and should be known. */
export interface TrustCheck {
  readonly state: 'good' | 'bad' | 'note';
  readonly name: string;
  readonly finding: string;
}

/** Everything that was checked about a run, the generator first. Validity itself is judged in `reasonsForDistrust`. */
export function trustChecks(record: RunRecord): TrustCheck[] {
  return [...generatorChecks(record), ...bookChecks(record), ...sampleChecks(record), ...repetitionChecks(record)];
}

function generatorChecks({ generator, direct, scenario }: RunRecord): TrustCheck[] {
  const cpu = Math.max(generator.cpu, direct?.generator.cpu ?? 0);
  const lag = Math.max(generator.dispatchLagP99Us ?? 0, direct?.generator.dispatchLagP99Us ?? 0);
  const lost = generator.lostProcesses + (direct?.generator.lostProcesses ?? 0);
  const open = 'open' in scenario.arrival;
  const late = lag > MOST_DISPATCH_LAG_US;
  // Elsewhere stands what the rounds through the gateway had.
  const where = lag > (generator.dispatchLagP99Us ?? 0) ? ' of the direct rounds' : '';
  return [
    {
      state: cpu > MOST_GENERATOR_CPU ? 'bad' : 'good',
      name: cpu > MOST_GENERATOR_CPU ? 'The generator was too busy' : 'The generator had time to spare',
      finding: `its busiest process used ${asPercent(cpu)} of a core in its p95 second (at most ${asPercent(MOST_GENERATOR_CPU)})`,
    },
    {
      state: !late ? 'good' : open ? 'bad' : 'note',
      name: late ? 'Requests went out late' : 'Requests went out on time',
      finding:
        `99 %${where} were dispatched within ${inMilliseconds(lag)} of their intended start (at most ${asDuration(MOST_DISPATCH_LAG_US / 1e6)})` +
        (late && !open
          ? '; it is in the latencies, but users set their own pace, so the load was still what was asked for'
          : ''),
    },
    {
      state: lost > 0 ? 'bad' : 'good',
      name: lost > 0 ? 'Generator processes were lost' : 'No generator process was lost',
      finding:
        lost > 0
          ? `${counted(lost, 'process', 'processes')} lost`
          : `${counted(generator.processes, 'process', 'processes')}, all reported`,
    },
  ];
}

function bookChecks({ counts, window, generator }: RunRecord): TrustCheck[] {
  const failed = failures(counts);
  const closes = counts.started === counts.succeeded + failed + counts.unfinished;
  const sound = closes && (counts.unfinished === 0 || window.partial);
  const books =
    `${inThousands(counts.started)} started = ${inThousands(counts.succeeded)} succeeded + ${inThousands(failed)} failed` +
    (counts.unfinished > 0 ? ` + ${inThousands(counts.unfinished)} unfinished` : '');
  return [
    {
      state: sound ? 'good' : 'bad',
      name: sound ? 'Every request is accounted for' : 'The counts do not close',
      finding: closes ? books : books.replace('=', '\u2260'),
    },
    ...(window.partial
      ? [{ state: 'note', name: 'The run was interrupted', finding: 'it ended before its time' } as const]
      : []),
    ...(generator.capHit
      ? [
          {
            state: 'note',
            name: 'The target fell behind',
            finding:
              'arrivals reached maxInFlight; those beyond it count as timeouts, and are no fault of the generator',
          } as const,
        ]
      : []),
  ];
}

function sampleChecks({ latency, window }: RunRecord): TrustCheck[] {
  const enough = latency.count >= samplesNeeded.p99;
  return [
    {
      state: enough ? 'good' : 'note',
      name: 'Enough samples for the tail',
      finding: `${counted(latency.count, 'latency', 'latencies')} measured; p99 needs ${inThousands(samplesNeeded.p99)}, p99.9 ${inThousands(samplesNeeded.p999)}`,
    },
    window.warmUpSeconds > 0
      ? {
          state: 'good',
          name: 'Warm-up is left out',
          finding: `${asDuration(window.warmUpSeconds)} before each window do not count`,
        }
      : { state: 'note', name: 'There was no warm-up', finding: 'the first, slowest requests are in the figures' },
  ];
}

function repetitionChecks({ rounds, overhead }: RunRecord): TrustCheck[] {
  const repeated = rounds?.filter(({ kind }) => kind === 'target').length ?? 1;
  return [
    repeated > 1
      ? { state: 'good', name: 'Measured more than once', finding: `${repeated} rounds through the gateway` }
      : {
          state: 'note',
          name: 'Measured once',
          finding: 'how much runs differ from one another is not known; --rounds 5 would show it',
        },
    ...(overhead?.direct === undefined
      ? [
          {
            state: 'note',
            name: 'No direct rounds',
            finding: 'what the upstream itself takes is in the latencies; --direct URL tells them apart',
          } as const,
        ]
      : []),
  ];
}
