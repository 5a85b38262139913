import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { runs } from './kafkaLibrary.mjs';
import { assertFree, untilOpen } from './ports.mjs';

const startMs = 10_000;

/** What is missing to start Redis, or undefined. */
export function missingForRedis() {
  return runs('redis-server', ['--version']) ? undefined : 'redis-server';
}

/**
 * Starts a Redis server on loopback that keeps nothing on disk, and waits until it accepts connections.
 *
 * @param {{ port: number }} options
 */
export async function startRedis({ port }) {
  await assertFree(port, '--redis-port');
  const server = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', ''],
    { stdio: 'ignore' },
  );
  await untilOpen({ port, server, timeoutMs: startMs, what: 'redis-server' });
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    /** @param {NodeJS.Signals} signal */
    signal: signal => server.kill(signal),
    /** @param {NodeJS.Signals} signal */
    async stop(signal = 'SIGTERM') {
      if (server.exitCode !== null || server.signalCode !== null) return;
      const exited = once(server, 'exit');
      server.kill(signal);
      await exited;
    },
  };
}
