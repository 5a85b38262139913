import type { UnknownServiceReason } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { arrayBinding } from '../../database/arrayBinding';
import { queryRows } from '../../database/queryRows';

/** Names that are counted on their own. */
export const MAX_UNKNOWN_SERVICES = 1_000;

/** The name under which all further services are counted. */
export const OTHER_SERVICES = '(other)';

/** What was counted of a service. */
export interface UnknownServiceRow {
  name: string;
  namespace: string;
  reason: UnknownServiceReason;
  environment: string | null;
  spans: number;
  firstSeenAt: Date;
  lastSeenAt: Date;
}

/** Replicas may count a service this long after it was assigned. */
const ASSIGNED_AFTER_SECONDS = 45;

/** Lists the services, last seen first; not those that were just assigned. */
export async function listUnknownServices(
  knex: Knex,
): Promise<UnknownServiceRow[]> {
  return queryRows<UnknownServiceRow>(
    knex,
    `SELECT service_name AS "name", service_namespace AS "namespace", reason,
            environment, spans::float8 AS "spans",
            first_seen_at AS "firstSeenAt", last_seen_at AS "lastSeenAt"
       FROM unknown_services u
      WHERE NOT EXISTS (
              SELECT 1 FROM service_assignments a
               WHERE a.service_name = u.service_name
                 AND a.service_namespace = u.service_namespace
                 AND u.last_seen_at < a.assigned_at + make_interval(secs => ?))
      ORDER BY last_seen_at DESC, service_name, service_namespace LIMIT ?`,
    [ASSIGNED_AFTER_SECONDS, MAX_UNKNOWN_SERVICES + 1],
  );
}

/**
 * Adds counts. Names beyond the limit are added to `(other)`.
 *
 * @remarks The advisory lock keeps the limit when two replicas add names at the
 * same time.
 *
 * @param forgetBefore - Forgets services that were last seen earlier, so that
 * there is room for new names
 */
export async function addUnknownServices(
  knex: Knex,
  counted: readonly UnknownServiceRow[],
  forgetBefore: Date,
): Promise<void> {
  await knex.transaction(async tx => {
    await tx.raw('SELECT pg_advisory_xact_lock(hashtext(?), hashtext(?))', [
      'cloudtrace-platform',
      'unknown services',
    ]);
    await tx.raw('DELETE FROM unknown_services WHERE last_seen_at < ?', [
      forgetBefore,
    ]);
    const existing = await queryRows<{ name: string; namespace: string }>(
      tx,
      `SELECT service_name AS "name", service_namespace AS "namespace"
         FROM unknown_services`,
    );
    await upsert(tx, foldOthers(counted, existing));
  });
}

/** Replaces what has no room by one row of others. */
function foldOthers(
  counted: readonly UnknownServiceRow[],
  existing: readonly { name: string; namespace: string }[],
): UnknownServiceRow[] {
  const names = new Set(existing.map(keyOf));
  const others = keyOf({ name: OTHER_SERVICES, namespace: '' });
  names.delete(others);
  const folded = new Map<string, UnknownServiceRow>();
  for (const row of counted) {
    const key = keyOf(row);
    const fits = names.has(key) || names.size < MAX_UNKNOWN_SERVICES;
    if (fits && key !== others) {
      names.add(key);
      folded.set(key, row);
      continue;
    }
    const sum = folded.get(others);
    folded.set(others, {
      ...row,
      name: OTHER_SERVICES,
      namespace: '',
      environment: null,
      spans: row.spans + (sum?.spans ?? 0),
      firstSeenAt: earlier(row.firstSeenAt, sum?.firstSeenAt),
      lastSeenAt: later(row.lastSeenAt, sum?.lastSeenAt),
    });
  }
  return [...folded.values()];
}

async function upsert(
  tx: Knex,
  rows: readonly UnknownServiceRow[],
): Promise<void> {
  const column = <K extends keyof UnknownServiceRow>(key: K) =>
    arrayBinding(rows.map(row => row[key]));
  await tx.raw(
    `INSERT INTO unknown_services AS known
       (service_name, service_namespace, reason, environment, spans,
        first_seen_at, last_seen_at)
     SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::int8[],
                          ?::timestamptz[], ?::timestamptz[])
     ON CONFLICT (service_name, service_namespace) DO UPDATE
       SET reason = EXCLUDED.reason, environment = EXCLUDED.environment,
           spans = known.spans + EXCLUDED.spans,
           last_seen_at = GREATEST(known.last_seen_at, EXCLUDED.last_seen_at)`,
    [
      column('name'),
      column('namespace'),
      column('reason'),
      column('environment'),
      column('spans'),
      column('firstSeenAt'),
      column('lastSeenAt'),
    ],
  );
}

function keyOf({ name, namespace }: { name: string; namespace: string }) {
  return `${name}\n${namespace}`;
}

function earlier(a: Date, b: Date | undefined): Date {
  return b && b < a ? b : a;
}

function later(a: Date, b: Date | undefined): Date {
  return b && b > a ? b : a;
}
