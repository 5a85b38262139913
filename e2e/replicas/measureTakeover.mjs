import { setTimeout as sleep } from 'node:timers/promises';

/** The tasks that one replica does at a time. */
export const LEASES = ['collect-fleet', 'cloudtrace-compact-rollups'];

const WAIT_MS = 180_000;

/**
 * Kills the replica that has a lease, and measures the time until another one
 * begins a run of each task that the dead one did. The dead replica stays
 * stopped; its tasks are in the result.
 */
export async function measureTakeover(trial, lease) {
  const victim = await leaderOf(trial, lease);
  const held = [];
  for (const name of LEASES) {
    if ((await leaderOf(trial, name)) === victim) held.push(name);
  }
  const holders = new Map();
  for (const name of held) {
    holders.set(name, (await readLease(trial, name)).holder);
  }
  const killedAtMs = performance.now();
  await trial.kill(victim, 'SIGKILL');
  const tookMs = {};
  await Promise.all(
    held.map(async name => {
      while (performance.now() - killedAtMs < WAIT_MS) {
        const {
          holder,
          run_started_at: startedAt,
          age_ms: ageMs,
        } = await readLease(trial, name);
        const sinceKillMs = performance.now() - killedAtMs;
        if (holder !== holders.get(name) && startedAt && ageMs < sinceKillMs) {
          tookMs[name] = Math.round(sinceKillMs);
          return;
        }
        await sleep(200);
      }
      tookMs[name] = Infinity;
    }),
  );
  return { victim, tookMs };
}

/** The running replica that has a lease. */
export async function leaderOf(trial, lease) {
  const deadline = Date.now() + WAIT_MS;
  while (Date.now() < deadline) {
    const { holder } = (await readLease(trial, lease)) ?? {};
    const leader = trial.replicas.find(
      replica =>
        replica.process &&
        holder &&
        trial.logOf(replica).includes(`lease of ${lease} as ${holder}`),
    );
    if (leader) return leader;
    await sleep(500);
  }
  throw new Error(`No running replica has the lease of ${lease}`);
}

async function readLease(trial, name) {
  const [row] = await trial.query(
    `SELECT holder, run_started_at,
            extract(epoch FROM now() - run_started_at)::float8 * 1000 AS age_ms
       FROM cloudtrace.fleet_leases WHERE name = $1`,
    [name],
  );
  return row;
}
