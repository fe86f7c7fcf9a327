import { createServer } from 'node:net';
import { freePort, releasePort } from './free-port';

describe('freePort', () => {
  it('gives ports that outgoing connections never take, each once', async () => {
    const ports = await Promise.all(Array.from({ length: 50 }, freePort));
    ports.forEach(releasePort);
    expect(new Set(ports).size).toBe(50);
    expect(ports.filter((port) => port < 20_000 || port >= 30_000)).toEqual([]);
  });

  it('gives ports on which one can listen', async () => {
    const port = await freePort();
    const server = createServer();
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
    releasePort(port);
    await new Promise((resolve) => server.close(resolve));
    expect(server.listening).toBe(false);
  });
});
