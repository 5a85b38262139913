#!/usr/bin/env node
// Starts the built service and prints its speed, memory and size: `npm run measure`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { measureClient } from './measureClient.mjs';
import { measureLists } from './measureLists.mjs';
import { residentMiB } from './residentMiB.mjs';

const port = Number(process.env.PORT ?? 8099);
const url = `http://127.0.0.1:${port}`;
const root = fileURLToPath(new URL('../..', import.meta.url));
const idleMs = 10_000;

if (!process.env.DATABASE_URL) {
  console.error(
    'Set DATABASE_URL to a PostgreSQL database that may be filled.',
  );
  process.exit(2);
}
const service = spawn(process.execPath, ['dist/main.js'], {
  cwd: root,
  env: {
    ...process.env,
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    LOG_LEVEL: 'warn',
  },
  stdio: ['ignore', 'inherit', 'inherit'],
});
/** @type {{ figure: string, value: string, target: string, ok: boolean }[]} */
const results = [];
/**
 * @param {string} what
 * @param {number} value
 * @param {string} unit
 * @param {string} target
 * @param {boolean} ok
 */
const report = (what, value, unit, target, ok) =>
  results.push({
    figure: what,
    value: `${value.toFixed(1)} ${unit}`,
    target,
    ok,
  });

try {
  await started();
  await sleep(idleMs);
  const idle = residentMiB(service.pid);
  report('memory, idle', idle, 'MiB', '<= 130', idle <= 130);

  const lists = await measureLists(`${url}/api/products`);
  report(
    'product lists',
    lists.perSecond,
    '/s',
    '>= 200',
    lists.perSecond >= 200,
  );
  report('product lists, p95', lists.p95Ms, 'ms', '<= 50', lists.p95Ms <= 50);

  results.push(...(await measureClient({ root, url: `${url}/` })));
} finally {
  const exited = once(service, 'exit');
  service.kill('SIGKILL');
  await exited;
}
console.table(results);
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;

async function started() {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const response = await fetch(`${url}/healthz/ready`).catch(() => undefined);
    if (response?.ok) return;
    await sleep(100);
  }
  throw new Error('The service was not ready within 30 s');
}
