#!/usr/bin/env node
// Prints the startup times that a newcomer experiences: fresh clone → portal
// with live data, second start, request → visible.
//   node scripts/measureFirstLight.mjs            (clones this checkout's HEAD, empty caches)
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '../packages/dev-servers/src/index.js';
import { rootDir } from './lib/paths.mjs';

const DEMO = 'component/default/request-tracker-demo';
const work = mkdtempSync(join(tmpdir(), 'cloudtrace-first-light-'));
// When this runs as root, PostgreSQL runs as its own user.
chmodSync(work, 0o711);
const clone = join(work, 'clone');

async function api(backendUrl, path, token) {
  const response = await fetch(`${backendUrl}/api/${path}`, {
    headers: token ? { authorization: `Bearer ${token}` } : {},
  });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

async function guestToken(backendUrl) {
  const { backstageIdentity } = await api(backendUrl, 'auth/guest/refresh');
  return backstageIdentity.token;
}

async function until(check, timeoutMs = 600_000) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const result = await check().catch(() => undefined);
    if (result) return result;
    if (Date.now() > deadline) throw new Error('Gave up waiting');
    await new Promise(resolve => setTimeout(resolve, 200));
  }
}

/** Starts the portal and resolves with the seconds until it shows requests of this start. */
async function start(port, backendPort) {
  const since = Date.now();
  const child = spawn(
    'npm',
    ['run', 'dev', '--', '--port', port, '--backend-port', backendPort],
    {
      cwd: clone,
      // Runs in its own process group: npm leaves Ctrl-C to the terminal, which
      // signals the group.
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        npm_config_cache: join(work, 'npm-cache'),
        YARN_GLOBAL_FOLDER: join(work, 'yarn-cache'),
      },
    },
  );
  const exited = new Promise(resolve => child.once('exit', resolve));
  const backendUrl = `http://127.0.0.1:${backendPort}`;
  const load = () =>
    guestToken(backendUrl).then(token =>
      api(
        backendUrl,
        `cloudtrace/v1/entities/${DEMO}/load-distribution?groupBy=instance&from=${new Date(
          since,
        ).toISOString()}`,
        token,
      ),
    );
  await until(async () => (await load()).totals.requests > 0);
  await until(() => fetch(`http://127.0.0.1:${port}`).then(r => r.ok));
  return {
    seconds: (Date.now() - since) / 1000,
    backendUrl,
    async stop() {
      process.kill(-child.pid, 'SIGINT');
      await exited;
    },
  };
}

/**
 * Seconds from a request through the load balancer until the API, which the tab
 * polls, returns it.
 */
async function requestToApi(backendUrl, localDir) {
  const status = JSON.parse(
    execFileSync(
      process.execPath,
      [join(clone, 'scripts/fleet.mjs'), 'status', '--json'],
      { env: { ...process.env, CLOUDTRACE_LOCAL_DIR: localDir } },
    ).toString(),
  );
  const traceId = [...crypto.getRandomValues(new Uint8Array(16))]
    .map(byte => byte.toString(16).padStart(2, '0'))
    .join('');
  const token = await guestToken(backendUrl);
  const since = Date.now();
  await fetch(`${status.services[0].url}/requests`, {
    headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
  });
  await until(async () => {
    const { items } = await api(
      backendUrl,
      `cloudtrace/v1/entities/${DEMO}/requests?traceId=${traceId}`,
      token,
    );
    return items.length > 0;
  }, 30_000);
  return (Date.now() - since) / 1000;
}

try {
  execFileSync('git', ['clone', '--quiet', rootDir, clone]);
  const port = String(await findFreePort(23100));
  const backendPort = String(await findFreePort(27100));
  const first = await start(port, backendPort);
  const latencies = [];
  for (let i = 0; i < 5; i++) {
    latencies.push(await requestToApi(first.backendUrl, join(clone, '.local')));
  }
  await first.stop();
  const second = await start(port, backendPort);
  await second.stop();
  latencies.sort((a, b) => a - b);
  console.log(`
fresh clone → portal with live data   ${first.seconds.toFixed(
    0,
  )} s   (bound: 300 s)
second start → portal with live data  ${second.seconds.toFixed(
    0,
  )} s   (bound: 30 s)
request → returned by the API         ${latencies[2].toFixed(
    1,
  )} s   (median of 5; the tab polls every 4 s and on signals; bound: 5 s)`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
