#!/usr/bin/env node
// Starts two instances and a worker of the built service and prints speed and memory: `npm run measure`.
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Processes } from './Processes.mjs';
import { measureClient } from './measureClient.mjs';
import { measureLatency } from './measureLatency.mjs';
import { measureSockets } from './measureSockets.mjs';
import { measureWorker } from './measureWorker.mjs';

if (!process.env.DATABASE_URL) {
  console.error(
    'Set DATABASE_URL to a PostgreSQL database that may be filled, and KAFKA_BROKERS and REDIS_URL to measure with Kafka and Redis (npm run broker).',
  );
  process.exit(2);
}
const isReal = Boolean(process.env.KAFKA_BROKERS && process.env.REDIS_URL);
const root = fileURLToPath(new URL('../..', import.meta.url));
const loadAtStart = loadavg()[0]?.toFixed(1);
const latencyTargetMs = isReal ? 150 : 300;
/** @type {{ figure: string, value: string, target: string, ok: boolean }[]} */
const results = [];
const processes = new Processes();
try {
  const [one, other] = [await processes.startApi(), await processes.startApi()];
  const worker = await processes.startWorker();

  const latency = await measureLatency(one.url, other.url);
  results.push({
    figure: 'POST to socket of another instance, p95',
    value: `${latency.p95Ms.toFixed(0)} ms (median ${latency.medianMs.toFixed(0)} ms)`,
    target: `<= ${latencyTargetMs} ms`,
    ok: latency.p95Ms <= latencyTargetMs,
  });

  results.push(...(await measureClient({ root, url: `${one.url}/` })));

  const sockets = await measureSockets(other);
  results.push({
    figure: `memory with ${sockets.open} open sockets`,
    value: `${sockets.residentMiB.toFixed(0)} MiB`,
    target: '< 250 MiB',
    ok: sockets.open === 2_000 && sockets.residentMiB < 250,
  });

  if (isReal) {
    await worker.stop();
    const rate = await measureWorker(processes, one.url);
    results.push({
      figure: `events of one worker, per second of its CPU time`,
      value: `${rate.perCpuSecond.toFixed(0)}/s (${rate.perSecond.toFixed(0)}/s by the clock)`,
      target: '>= 2000/s',
      ok: rate.perCpuSecond >= 2_000,
    });
  } else {
    console.log(
      'Events per second are not measured: that needs a broker (KAFKA_BROKERS, REDIS_URL).',
    );
  }
} finally {
  await processes.stop();
}
console.log(
  `Adapters: ${isReal ? 'Kafka and Redis' : 'embedded'}; ${availableParallelism()} cores, shared with PostgreSQL${isReal ? ', Kafka, Redis' : ''} and the clients; load average at the start ${loadAtStart}`,
);
console.table(results);
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
