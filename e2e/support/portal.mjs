import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  fastDirectory,
  findFreePort,
} from '../../packages/dev-servers/src/index.js';
import { rootDir } from '../../scripts/lib/paths.mjs';

/**
 * Starts the whole local portal like `npm run dev`, with its own ports and
 * data, so that it does not disturb a running portal. `args` are further
 * options of `npm run dev`; `environment` holds variables such as
 * `APP_CONFIG_…`.
 */
export async function startPortal({
  timeoutMs = 300_000,
  args = [],
  environment = {},
} = {}) {
  const localDir = mkdtempSync(join(fastDirectory(), 'cloudtrace-e2e-'));
  // When the test runs as root, PostgreSQL runs as its own user.
  chmodSync(localDir, 0o711);
  const port = await findFreePort(23000);
  const backendPort = await findFreePort(27000);
  const env = {
    ...process.env,
    ...environment,
    CLOUDTRACE_LOCAL_DIR: localDir,
  };
  const child = spawn(
    process.execPath,
    [
      join(rootDir, 'scripts/dev.mjs'),
      '--port',
      String(port),
      '--backend-port',
      String(backendPort),
      ...args,
    ],
    { env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  const exited = new Promise(resolve => child.once('exit', resolve));
  const ready = new Promise((resolve, reject) => {
    const listen = chunk => {
      output += chunk;
      if (output.includes('CloudTrace is ready')) resolve();
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    exited.then(code =>
      reject(new Error(`The portal ended with code ${code}:\n${output}`)),
    );
    setTimeout(
      () => reject(new Error(`The portal was not ready in time:\n${output}`)),
      timeoutMs,
    ).unref();
  });

  const stop = async () => {
    child.kill('SIGINT');
    await exited;
    rmSync(localDir, { recursive: true, force: true });
  };
  try {
    await ready;
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: `http://localhost:${port}`,
    backendUrl: `http://localhost:${backendPort}`,
    localDir,
    stop,
    /** Runs `yarn fleet …` against this portal and returns its output. */
    fleet(...fleetArgs) {
      return new Promise((resolve, reject) => {
        const fleet = spawn(
          process.execPath,
          [join(rootDir, 'scripts/fleet.mjs'), ...fleetArgs],
          { env, stdio: ['ignore', 'pipe', 'pipe'] },
        );
        let text = '';
        fleet.stdout.on('data', chunk => (text += chunk));
        fleet.stderr.on('data', chunk => (text += chunk));
        fleet.once('exit', code =>
          code === 0 ? resolve(text) : reject(new Error(text)),
        );
      });
    },
  };
}
