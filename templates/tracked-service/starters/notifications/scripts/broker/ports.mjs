import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Whether something accepts connections on this port of this machine.
 *
 * @param {number} port
 */
export async function isOpen(port) {
  const socket = connect(port, '127.0.0.1');
  const opened = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return opened;
}

/**
 * Refuses a port that another program uses: its answers would look like those of the server that starts.
 *
 * @param {number} port
 * @param {string} option - how to choose another one
 */
export async function assertFree(port, option) {
  if (await isOpen(port)) {
    throw new Error(`Port ${port} is in use. Choose another one: ${option}`);
  }
}

/**
 * Waits until a server accepts connections.
 *
 * @param {{ port: number, server: import('node:child_process').ChildProcess, timeoutMs: number, what: string }} options
 */
export async function untilOpen({ port, server, timeoutMs, what }) {
  const deadline = Date.now() + timeoutMs;
  while (!(await isOpen(port))) {
    if (server.exitCode !== null || server.signalCode !== null) {
      throw new Error(`${what} ended instead of listening on port ${port}`);
    }
    if (Date.now() > deadline) {
      throw new Error(
        `${what} does not listen on port ${port} after ${timeoutMs / 1_000} s`,
      );
    }
    await sleep(100);
  }
}
