import type { Knex } from 'knex';
import type { RunningBackend } from '../../server/startBackend';
import { median } from '../../report';
import { measure } from '../fleet';
import { fillDay, makeEntities, type Entity } from '../queries/day';

const MINUTE_MS = 60_000;
const BIG_SHARE = 3_530_000 / 20_000_000;

/** A read over HTTP; the floor and the goal are ratios to one PostgreSQL. */
export interface Read {
  what: string;
  path: string;
  hours: number;
  floor: number;
}

const ENTITY_PATH = '/v1/entities/component/default/day-0';

/** The page of all services, and the views of the largest one. */
const READS: readonly Read[] = [
  { what: 'fleet page', path: '/v1/fleet', hours: 1, floor: 3 },
  {
    what: 'load distribution',
    path: `${ENTITY_PATH}/load-distribution`,
    hours: 24,
    floor: 1.5,
  },
  { what: 'requests', path: `${ENTITY_PATH}/requests`, hours: 24, floor: 1.5 },
  { what: 'overview', path: `${ENTITY_PATH}/overview`, hours: 24, floor: 1.5 },
];

/** Stores a day of requests of fifty services. */
export async function fillServices(
  knex: Knex,
  requests: number,
): Promise<Entity[]> {
  const endMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
  const entities = await makeEntities(knex, BIG_SHARE);
  await fillDay({ knex }, entities, requests, endMs);
  return entities;
}

/** p95 of each read on each backend; they take turns, because the machine's speed varies. */
export async function measureReads(
  backends: Record<string, RunningBackend>,
  { times, rounds }: { times: number; rounds: number },
): Promise<Map<Read, Record<string, number>>> {
  const result = new Map<Read, Record<string, number>>();
  for (const read of READS) {
    const p95: Record<string, number[]> = {};
    for (let round = 0; round < rounds; round++) {
      for (const [name, backend] of Object.entries(backends)) {
        const { value } = await measure(backend, { ...read, times });
        (p95[name] ??= []).push(value);
      }
    }
    result.set(
      read,
      Object.fromEntries(
        Object.entries(p95).map(([name, values]) => [name, median(values)]),
      ),
    );
  }
  return result;
}
