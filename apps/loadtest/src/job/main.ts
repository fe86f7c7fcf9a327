import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { EXIT, type ExitCode, InputError } from '@loadlab/foundation';
import { generateLoad } from '../generator/generate-load';
import { terminalSummary } from '../report/terminal-summary';
import { processSurroundings, runLoadTest, type RunEvent } from '../run/run-load-test';
import { loadScenario } from '../scenario/load-scenario';
import { API_KEY_VARIABLE, jobSettings } from './job-settings';
import { uploadResults, type ResultStore } from './upload-results';

/** Seconds between two lines of progress in the log. */
const TELL_EVERY = 10;

void main();

/** One load generator as a job: runs a scenario against the gateway beside it, leaves records and pages in the bucket. */
async function main(): Promise<void> {
  try {
    process.exitCode = await run();
  } catch (error) {
    console.error(error instanceof InputError ? error.message : error);
    process.exitCode = error instanceof InputError ? EXIT.badInput : EXIT.defect;
  }
}

async function run(): Promise<ExitCode> {
  const settings = jobSettings(process.argv.slice(2), process.env);
  const loaded = loadScenario(settings.scenario, { set: settings.set, variables: process.env });
  const stop = new AbortController();
  // Batch ends a job, and Spot takes a machine back, with SIGTERM; what was measured until then is kept.
  process.once('SIGTERM', () => stop.abort());
  const { record, folder, exitCode } = await runLoadTest(
    {
      scenario: loaded.scenario,
      scenarioFile: loaded.file,
      ...(loaded.prompts === undefined ? {} : { prompts: loaded.prompts }),
      target: settings.target,
      apiKeyEnv: API_KEY_VARIABLE,
      ...(settings.direct === undefined ? {} : { direct: settings.direct }),
      rounds: settings.rounds,
      processes: settings.processes,
      out: mkdtempSync(join(tmpdir(), 'run-')),
      signal: stop.signal,
      onEvent: narrator(),
    },
    processSurroundings(generateLoad),
  );
  const keys = await uploadResults(folder, settings.prefix, bucketStore(settings.bucket));
  if (record !== undefined) console.log(terminalSummary(record, false));
  console.log(`${keys.length} files in s3://${settings.bucket}/${settings.prefix}/`);
  return exitCode;
}

function bucketStore(bucket: string): ResultStore {
  // A server of one's own has no bucket names in DNS.
  const client = new S3Client({ forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined });
  return {
    async put(key, body, contentType) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: contentType }));
    },
  };
}

/** Writes what happens into the log. */
function narrator(): (event: RunEvent) => void {
  let told = -TELL_EVERY;
  return (event) => {
    if (event.type === 'warning') console.warn(event.problem.message);
    if (event.type === 'round') {
      told = -TELL_EVERY;
      console.log(`round ${event.index} of ${event.of}: ${event.round.kind}`);
    }
    if (event.type === 'progress' && event.progress.elapsedSeconds - told >= TELL_EVERY) {
      const { elapsedSeconds, phase, rate, p50Us, p99Us, errors, inFlight } = event.progress;
      told = elapsedSeconds;
      console.log(
        `${elapsedSeconds.toFixed(0)} s ${phase}: ${rate.toFixed(0)}/s, p50 ${(p50Us / 1000).toFixed(1)} ms, ` +
          `p99 ${(p99Us / 1000).toFixed(1)} ms, ${errors} errors, ${inFlight} in flight`,
      );
    }
  };
}
