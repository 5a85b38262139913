import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { UserError } from './UserError.mjs';

/** Throws unless the running Node.js is one that CloudTrace is tested with. */
export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  const supported = (major === 20 && minor >= 19) || major >= 22;
  if (!supported) {
    throw new UserError(
      `Node.js ${version} is too old: install Node.js 20.19 or later, 22 or 24, and run the command again.`,
    );
  }
}

/** Throws if a command-line tool that the portal needs cannot be run. */
export function checkTool(command, why) {
  try {
    execFileSync(command, ['--version'], {
      stdio: 'ignore',
      shell: process.platform === 'win32',
    });
  } catch {
    throw new UserError(
      `'${command}' cannot be run, but is needed ${why}: install it, make sure that it is on the PATH, and run the command again.`,
    );
  }
}

/** Whether a server can listen on the loopback port now. */
export function isPortFree(port) {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}

/** Throws if a port is taken, naming the option that changes it. */
export async function checkPort(port, what, option) {
  if (!(await isPortFree(port))) {
    throw new UserError(
      `Port ${port} for the ${what} is taken by another program: stop that program, or choose another port with ${option} <n>.`,
    );
  }
}

/** The first free loopback port from `first` on, looking at 100 of them. */
export async function findFreePort(first) {
  for (let port = first; port < first + 100; port++) {
    if (await isPortFree(port)) return port;
  }
  throw new UserError(
    `No free port between ${first} and ${
      first + 99
    }: stop some of the programs that listen there.`,
  );
}

/** The first of `count` free loopback ports in a row, from `first` on in steps of `count`. */
export async function findFreeRange(first, count) {
  for (let base = first; base < first + 10 * count; base += count) {
    const ports = Array.from({ length: count }, (_, i) => base + i);
    const free = await Promise.all(ports.map(isPortFree));
    if (free.every(Boolean)) return base;
  }
  throw new UserError(
    `No ${count} free ports in a row between ${first} and ${
      first + 10 * count - 1
    }: stop some of the programs that listen there.`,
  );
}
