import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { runs } from './kafkaLibrary.mjs';

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
  const server = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', ''],
    { stdio: 'ignore' },
  );
  for (;;) {
    if (server.exitCode !== null) throw new Error('redis-server ended');
    const socket = connect(port, '127.0.0.1');
    const opened = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (opened) break;
    await sleep(50);
  }
  return {
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
