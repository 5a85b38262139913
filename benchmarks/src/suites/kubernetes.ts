import { setTimeout as delay } from 'node:timers/promises';
import type { Knex } from 'knex';
import { podName } from '../kubernetes/clusterObjects';
import {
  startApiServers,
  type RunningApiServers,
} from '../kubernetes/startApiServers';
import { startPostgres } from '../postgres';
import { count, type Figure } from '../report';
import { startBackend, type RunningBackend } from '../server/startBackend';
import type { SuiteOptions } from './types';

const CLUSTERS = 3;
const MIB = 1024 * 1024;
const CHANGES_PER_SECOND = 5;
const PATIENCE_MS = 300_000;

/** Clusters whose workloads belong to one component each. */
export async function kubernetesSuite({
  quick,
  log,
}: SuiteOptions): Promise<Figure[]> {
  const workloads = quick ? 100 : 1000;
  const pods = 10 * workloads;
  const postgres = await startPostgres();
  const servers = await startApiServers({
    clusters: CLUSTERS,
    workloads,
    pods,
  });
  let backend: RunningBackend | undefined;
  try {
    const idleBytes = await measureIdle(postgres.connectionString, workloads);
    log(`idle, without clusters: ${count(idleBytes / MIB)} MiB`);

    const began = performance.now();
    backend = await startBackend(
      postgres.connectionString,
      configOf(servers.urls, workloads),
    );
    const startedMs = performance.now() - began;
    await untilHealthy(postgres.knex, pods);
    const pictureMs = performance.now() - began - startedMs;
    log(`${count(pods)} pods are stored after ${seconds(pictureMs)} s`);

    await delay(quick ? 10_000 : 60_000);
    const peakBytes = (await backend.usage()).peakRssBytes;
    await backend.reset();
    const { rssBytes } = await backend.usage();
    log(`with clusters: ${count(rssBytes / MIB)} MiB`);

    await servers.takeCalls();
    const changesBegan = performance.now();
    const stored = await measureChanges(postgres.knex, servers, {
      workloads,
      changes: quick ? 25 : 150,
    });
    const { lists, metricsPolls } = await servers.takeCalls();
    const minutes = (performance.now() - changesBegan) / 60_000;
    const at = (share: number) => stored[Math.ceil(stored.length * share) - 1];
    const what = `${count(workloads)} workloads, ${count(
      pods,
    )} pods, ${CLUSTERS} clusters`;
    return [
      {
        what: `${what}: memory above idle`,
        value: (rssBytes - idleBytes) / MIB,
        unit: 'MiB',
        floor: 250,
        goal: 150,
        higher: false,
        detail: `${count(rssBytes / MIB)} MiB, idle ${count(
          idleBytes / MIB,
        )} MiB, highest ${count(peakBytes / MIB)} MiB`,
      },
      {
        what: 'first complete picture after the start',
        value: pictureMs / 1000,
        unit: 's',
        floor: 60,
        goal: 30,
        higher: false,
        detail: `the backend itself started in ${seconds(startedMs)} s`,
      },
      {
        what: 'a change is stored after its watch event',
        value: at(0.95),
        unit: 'ms',
        floor: 3000,
        goal: 1500,
        higher: false,
        detail: `p95 of ${stored.length} at ${CHANGES_PER_SECOND}/s, p50 ${at(
          0.5,
        ).toFixed(0)} ms`,
      },
      {
        what: 'list calls of watched kinds meanwhile',
        value: lists,
        unit: '',
        floor: 0,
        goal: 0,
        higher: false,
        detail: `all kinds of all clusters; not counted: asking whether an optional API exists, ${metricsPolls} polls of metrics-server in ${minutes.toFixed(
          1,
        )} minutes`,
      },
    ];
  } finally {
    await backend?.stop();
    servers.stop();
    await postgres.stop();
  }
}

/** Memory of the same backend without clusters. */
async function measureIdle(
  connectionString: string,
  workloads: number,
): Promise<number> {
  const backend = await startBackend(connectionString, configOf([], workloads));
  try {
    await delay(10_000);
    await backend.reset();
    return (await backend.usage()).rssBytes;
  } finally {
    await backend.stop();
  }
}

function configOf(urls: string[], components: number) {
  return {
    bench: { components },
    ...(urls.length > 0 && {
      kubernetes: {
        clusterLocatorMethods: [
          {
            type: 'config',
            clusters: urls.map((url, index) => ({
              name: `cluster-${index}`,
              url,
              authProvider: 'serviceAccount',
              serviceAccountToken: 'bench',
            })),
          },
        ],
      },
    }),
  };
}

async function untilHealthy(knex: Knex, pods: number): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const { rows } = await knex.raw(
      `SELECT count(*)::int AS healthy FROM fleet_target_states
        WHERE until IS NULL AND state = 'healthy'`,
    );
    if (rows[0].healthy === pods) return;
    if (performance.now() > deadline) {
      throw new Error(
        `Only ${
          rows[0].healthy
        } of ${pods} pods are stored as healthy after ${seconds(
          PATIENCE_MS,
        )} s`,
      );
    }
    await delay(250);
  }
}

/**
 * Makes pods of different workloads unready at a steady rate.
 *
 * @returns Milliseconds until each was stored, sorted; they are too high by the
 * time between two looks, 50 ms
 */
async function measureChanges(
  knex: Knex,
  servers: RunningApiServers,
  { workloads, changes }: { workloads: number; changes: number },
): Promise<number[]> {
  const waiting = new Map<string, number>();
  const durations: number[] = [];
  let changing = true;
  const change = async () => {
    for (let number = 0; number < changes; number++) {
      const workload = (number * 37) % workloads;
      const pod = Math.floor((number * 37) / workloads) % 10;
      waiting.set(podName(`bench-${workload}`, pod), performance.now());
      await servers.change({ workload, pod, ready: false });
      await delay(1000 / CHANGES_PER_SECOND);
    }
    changing = false;
  };
  const look = async () => {
    const deadline = performance.now() + PATIENCE_MS;
    while (changing || waiting.size > 0) {
      const { rows } = await knex.raw(
        `SELECT target_key FROM fleet_target_states
          WHERE until IS NULL AND state <> 'healthy'
            AND target_key = ANY(?::text[])`,
        [[...waiting.keys()]],
      );
      for (const { target_key: pod } of rows) {
        durations.push(performance.now() - waiting.get(pod)!);
        waiting.delete(pod);
      }
      if (performance.now() > deadline) {
        throw new Error(`${waiting.size} changes were never stored`);
      }
      await delay(50);
    }
  };
  await Promise.all([change(), look()]);
  return durations.sort((a, b) => a - b);
}

const seconds = (ms: number) => (ms / 1000).toFixed(1);
