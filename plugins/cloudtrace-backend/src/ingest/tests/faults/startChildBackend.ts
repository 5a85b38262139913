import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '@internal/dev-servers';

/** A backend in a separate process. */
export interface ChildBackend {
  port: number;
  pid: number;
  /** Whether the process is still running. */
  isRunning(): boolean;
  /** Kills it without warning, as the kernel does when memory is short. */
  kill(): Promise<void>;
  /** Stops it and waits for its exit. */
  terminate(): Promise<number | null>;
}

/** Starts a backend on a free port, or on the given one. */
export async function startChildBackend(
  connectionString: string,
  port?: number,
  /** The `cloudtrace` part of the configuration. */
  cloudtrace: object = {},
): Promise<ChildBackend> {
  const folder = mkdtempSync(join(tmpdir(), 'cloudtrace-child-'));
  const config = join(folder, 'app-config.yaml');
  const listenPort = port ?? (await findFreePort());
  // JSON is YAML.
  writeFileSync(
    config,
    JSON.stringify({
      app: { baseUrl: 'http://localhost' },
      backend: {
        baseUrl: `http://127.0.0.1:${listenPort}`,
        listen: { host: '127.0.0.1', port: listenPort },
        database: { client: 'pg', connection: connectionString },
        lifecycle: { startupRequestPauseTimeout: { seconds: 1 } },
      },
      cloudtrace,
    }),
  );
  const child = fork(require.resolve('./childBackend'), ['--config', config], {
    execArgv: [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
    ],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '' },
  });
  let errors = '';
  child.stderr!.on('data', chunk => {
    errors = (errors + chunk).slice(-3000);
  });
  const exited = new Promise<number | null>(resolve => {
    child.once('exit', code => {
      rmSync(folder, { recursive: true, force: true });
      resolve(code);
    });
  });
  await Promise.race([
    started(child),
    exited.then(code => {
      throw new Error(`The backend ended with ${code}: ${errors}`);
    }),
  ]);
  return {
    port: listenPort,
    pid: child.pid!,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async terminate() {
      child.kill('SIGTERM');
      return exited;
    },
  };
}

function started(child: ChildProcess): Promise<void> {
  return new Promise(resolve => {
    // The compiler also sends messages.
    child.on('message', message => message === 'started' && resolve());
  });
}
