import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runSandbox } from '../../src/functions/run-sandbox';

jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), 'loadlab-sandbox-'));
const scratch = join(folder, 'scratch');
mkdirSync(scratch);
writeFileSync(join(folder, 'index.js'), "exports.handler = async () => ({ text: 'x'.repeat(200000) });");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('has the answer of a function whose end became known first', async () => {
  const calls = Array.from({ length: 12 }, () =>
    runSandbox({
      functionName: 'answers',
      codeFolder: folder,
      handler: 'index.handler',
      event: '{}',
      timeoutSeconds: 50,
      environment: {},
      writableFolders: [scratch],
      addresses: {},
      assumedAddress: '127.0.0.1:1',
      logFile: join(folder, 'log'),
    }),
  );
  // A busy machine: answer and end are both there when somebody looks.
  const all = Promise.all(calls);
  for (let busy = 0; busy < 10; busy++) {
    await sleep(10);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 150);
  }
  expect((await all).filter(({ functionError }) => functionError !== undefined)).toEqual([]);
});
