import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockOpenAiBundle } from '../src/bundle';

test.each([1, 2])('the published file answers as OpenAI does, with %p workers', async (workers) => {
  const folder = mkdtempSync(join(tmpdir(), 'mock-'));
  const file = join(folder, 'main.js');
  writeFileSync(file, mockOpenAiBundle());
  const mock = spawn(process.execPath, [file, '--port', '0', '--latency', '1ms', '--workers', String(workers)]);
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let output = '';
      const read = (chunk: Buffer): void => {
        output += chunk.toString();
        const found = /http:\/\/[\w.]+:\d+/.exec(output);
        if (found !== null) resolve(found[0]);
      };
      mock.stdout.on('data', read);
      mock.stderr.on('data', read);
      mock.once('exit', () => reject(new Error(output)));
    });

    const response = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'any', messages: [{ role: 'user', content: 'hello' }] }),
    });

    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ object: 'chat.completion', choices: [{ finish_reason: 'stop' }] });
  } finally {
    const gone = new Promise((resolve) => mock.once('exit', resolve));
    mock.kill('SIGTERM');
    await gone;
    rmSync(folder, { recursive: true });
  }
});
