import { DurationHistogram } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { queryRows } from '../database/queryRows';
import { ensureEntity } from '../database/entities/ensureEntity';
import { spanIdFromHex } from '../requests/database/storedRequests';

/** A request to store in a test. */
export interface SeedRequest {
  startedAt: Date;
  instance: string;
  zone?: string;
  method?: string;
  route?: string;
  status?: number;
  durationMs?: number;
  error?: boolean;
  /** `server` if absent; empty as written by a version without kinds. */
  kind?: 'server' | 'consumer' | '';
  traceId?: string;
  spanId?: string;
}

/** Stores requests with their rollup deltas, like ingest but without running it. */
export async function seedRequests(
  knex: Knex,
  scope: { entityRef: string; environment: string },
  requests: SeedRequest[],
): Promise<void> {
  const entityId = await ensureEntity(knex, scope.entityRef);
  const ids = new Map<string, number>();
  const idOf = async (
    table: string,
    id: string,
    columns: string[],
    values: string[],
  ): Promise<number> => {
    const key = [table, ...values].join('\0');
    const known = ids.get(key);
    if (known !== undefined) return known;
    const [{ id: stored }] = await queryRows<{ id: number }>(
      knex,
      `INSERT INTO ${table} (entity_id, environment, ${columns.join(', ')})
       VALUES (?, ?, ${columns.map(() => '?').join(', ')})
       ON CONFLICT (entity_id, environment, ${columns.join(', ')})
       DO UPDATE SET environment = excluded.environment RETURNING ${id} AS id`,
      [entityId, scope.environment, ...values],
    );
    ids.set(key, stored);
    return stored;
  };
  await knex.raw(
    `INSERT INTO request_environments (entity_id, environment, first_seen_at)
     VALUES (?, ?, now()) ON CONFLICT DO NOTHING`,
    [entityId, scope.environment],
  );
  const deltas = new Map<
    string,
    { bucket: Date; dimension: number; keyId: number; of: SeedRequest[] }
  >();
  let counter = 1;
  for (const request of requests) {
    const { startedAt, instance, zone = '', method = 'GET' } = request;
    const { route = '/', status = 200, durationMs = 10 } = request;
    const { kind = 'server' } = request;
    const error = request.error ?? status >= 500;
    const instanceId = await idOf(
      'instances',
      'instance_id',
      ['instance_key', 'zone', 'kind'],
      [instance, zone, kind],
    );
    const routeId = await idOf(
      'routes',
      'route_id',
      ['method', 'route'],
      [method, route],
    );
    const fallbackId = (counter++).toString(16);
    await knex.raw(
      `INSERT INTO requests (started_at, span_id, trace_id, entity_id, instance_id,
                             route_id, duration_us, status_code, flags)
       VALUES (?, ?::int8, ?::uuid, ?, ?, ?, ?, ?, ?)`,
      [
        startedAt,
        spanIdFromHex(request.spanId ?? fallbackId.padStart(16, '0')),
        request.traceId ?? fallbackId.padStart(32, '0'),
        entityId,
        instanceId,
        routeId,
        Math.round(durationMs * 1000),
        status,
        (error ? 1 : 0) + (kind === 'consumer' ? 2 : 0),
      ],
    );
    const bucket = new Date(Math.floor(startedAt.getTime() / 60_000) * 60_000);
    for (const [dimension, keyId] of [
      [1, instanceId],
      [2, routeId],
    ]) {
      const key = `${bucket.getTime()} ${dimension} ${keyId}`;
      const delta = deltas.get(key) ?? { bucket, dimension, keyId, of: [] };
      delta.of.push({ ...request, durationMs, error });
      deltas.set(key, delta);
    }
  }
  for (const { bucket, dimension, keyId, of } of deltas.values()) {
    const us = of.map(({ durationMs }) => Math.round(durationMs! * 1000));
    const histogram = new DurationHistogram();
    for (const duration of us) histogram.add(duration);
    await knex.raw(
      `INSERT INTO rollup_deltas VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        entityId,
        bucket,
        dimension,
        keyId,
        of.length,
        of.filter(({ error }) => error).length,
        us.reduce((a, b) => a + b, 0),
        Math.max(...us),
        Buffer.from(histogram.encode()),
      ],
    );
  }
}
