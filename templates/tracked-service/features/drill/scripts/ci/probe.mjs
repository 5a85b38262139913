#!/usr/bin/env node
// @ts-check
/*
 * Sends a request to one address twice a second, like a client, until a file appears: probe.mjs URL RESULT STOP_FILE
 * Writes how many requests failed and how long the longest outage was. Exits with 1 if that was longer than
 * MAX_OUTAGE_SECONDS (60), or if the last ten requests did not all succeed.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const INTERVAL_MS = 500;
const TIMEOUT_MS = 5000;
const MAX_RUN_MS = 3_600_000;
const LAST_REQUESTS = 10;
const maxOutageSeconds = Number(process.env.MAX_OUTAGE_SECONDS ?? 60);

const [url, resultFile, stopFile] = process.argv.slice(2);
if (!url || !resultFile || !stopFile) {
  console.error('Usage: probe.mjs URL RESULT STOP_FILE');
  process.exit(2);
}

/** @type {Array<{ atMs: number, ok: boolean }>} */
const requests = [];

async function ask() {
  const atMs = Date.now();
  let ok = false;
  try {
    const response = await fetch(/** @type {string} */ (url), {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.arrayBuffer();
    ok = response.ok;
  } catch {
    // Counts as failed, whatever the reason.
  }
  requests.push({ atMs, ok });
}

const startedMs = Date.now();
const pending = new Set();
while (!existsSync(stopFile) && Date.now() - startedMs < MAX_RUN_MS) {
  // Not one after the other: during an outage, the next request must not wait for the timeout of the last one.
  const request = ask().finally(() => pending.delete(request));
  pending.add(request);
  await delay(INTERVAL_MS);
}
await Promise.all(pending);

requests.sort((a, b) => a.atMs - b.atMs);
let longestMs = 0;
/** @type {number | undefined} */
let failingSinceMs;
for (const { atMs, ok } of requests) {
  if (ok) {
    failingSinceMs = undefined;
  } else {
    failingSinceMs ??= atMs;
    longestMs = Math.max(longestMs, atMs + INTERVAL_MS - failingSinceMs);
  }
}
const result = {
  requests: requests.length,
  failed: requests.filter(request => !request.ok).length,
  longestOutageSeconds: longestMs / 1000,
  recovered: requests.slice(-LAST_REQUESTS).every(request => request.ok),
};
writeFileSync(resultFile, `${JSON.stringify(result)}\n`);
if (!result.recovered || result.longestOutageSeconds > maxOutageSeconds) {
  process.exit(1);
}
