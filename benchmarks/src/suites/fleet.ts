import { Agent, get } from 'node:http';
import { fleetEntity, seedFleetYear } from '../fleetYear';
import { startPostgres } from '../postgres';
import { count, type Figure } from '../report';
import { startBackend, type RunningBackend } from '../server/startBackend';
import type { SuiteOptions } from './types';

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;

/**
 * Requests of the tabs and (as an absolute path) of the page of all services,
 * each over the ranges that users choose there.
 */
export const calls: Array<{ path: string; what: string; days: number[] }> = [
  { path: 'health', what: 'Health checks', days: [1, 7, 30] },
  { path: 'scaling', what: 'Scaling history', days: [1, 7, 30] },
  {
    path: 'scaling/activities?status=failed&status=successful',
    what: 'Scaling activities',
    days: [30, 365],
  },
  { path: 'failovers', what: 'Failover history', days: [30, 365] },
  { path: 'overview', what: 'Overview', days: [1, 30] },
  { path: 'timeline', what: 'Timeline', days: [1, 30] },
  { path: 'metrics', what: 'Metrics', days: [1, 30] },
  { path: '/v1/fleet', what: 'Fleet page', days: [1] },
];

/** The fleet tabs with a year of history of a group that scales 50 times a day. */
export async function fleetSuite({
  quick,
  log,
}: SuiteOptions): Promise<Figure[]> {
  const days = quick ? 60 : 365;
  const postgres = await startPostgres();
  try {
    const began = performance.now();
    await seedFleetYear(postgres.knex, { days, others: quick ? 3 : 20 });
    log(
      `${days} days in ${((performance.now() - began) / 1000).toFixed(
        0,
      )} s of writing`,
    );
    const backend = await startBackend(postgres.connectionString);
    try {
      const figures: Figure[] = [];
      for (const { path, what, days: ranges } of calls) {
        for (const rangeDays of ranges) {
          const figure = await measure(backend, {
            path,
            hours: rangeDays * DAY_HOURS,
            times: quick ? 20 : 60,
          });
          log(`${what} ${rangeDays} d: ${figure.detail}`);
          figures.push({
            ...figure,
            what: `${what}, ${rangeDays} d of ${days} d of history`,
          });
        }
      }
      return figures;
    } finally {
      await backend.stop();
    }
  } finally {
    await postgres.stop();
  }
}

export async function measure(
  backend: RunningBackend,
  options: { path: string; hours: number; times: number },
): Promise<Omit<Figure, 'what'>> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const durations: number[] = [];
  let bytes = 0;
  // The first requests compile code and fill caches.
  const warmUp = 5;
  try {
    for (let i = 0; i < options.times + warmUp; i++) {
      const start = performance.now();
      bytes = await read(backend, agent, options);
      if (i >= warmUp) durations.push(performance.now() - start);
    }
  } finally {
    agent.destroy();
  }
  durations.sort((a, b) => a - b);
  const at = (share: number) =>
    durations[Math.ceil(durations.length * share) - 1];
  return {
    value: at(0.95),
    unit: 'ms',
    floor: 100,
    goal: 50,
    higher: false,
    detail: `p95 of ${options.times}: ${at(0.95).toFixed(0)} ms, p50 ${at(
      0.5,
    ).toFixed(0)} ms, ${count(bytes / 1024)} KiB of JSON`,
  };
}

/**
 * Sends a read over HTTP, through permission check and audit log; resolves to
 * the number of bytes.
 */
function read(
  { port, accessToken }: RunningBackend,
  agent: Agent,
  { path, hours }: { path: string; hours: number },
): Promise<number> {
  const url = new URL(
    path.startsWith('/')
      ? `http://127.0.0.1:${port}/api/cloudtrace${path}`
      : `http://127.0.0.1:${port}/api/cloudtrace/v1/entities/${fleetEntity.path}/${path}`,
  );
  url.searchParams.set(
    'from',
    new Date(Date.now() - hours * HOUR_MS).toISOString(),
  );
  return new Promise((resolve, reject) => {
    const call = get(
      url,
      { agent, headers: { authorization: `Bearer ${accessToken}` } },
      answer => {
        let bytes = 0;
        answer.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
        });
        answer.once('error', reject);
        answer.once('end', () => {
          if (answer.statusCode === 200) resolve(bytes);
          else reject(new Error(`${path} returned ${answer.statusCode}`));
        });
      },
    );
    call.once('error', reject);
  });
}
