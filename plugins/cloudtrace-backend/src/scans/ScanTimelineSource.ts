import type { TimelineEvent } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { findEntityId } from '../database/entities/findEntityId';
import { listScans } from './database/listScans';
import type { DbScanRow } from './database/rows';
import type { TimelineScope, TimelineSource } from '../timeline/types';

const MAX_EVENTS = 1_000;

/** Lists received scans. Findings belong to the entity, so every environment shows them. */
export class ScanTimelineSource implements TimelineSource {
  readonly part = 'security';
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  async events(scope: TimelineScope): Promise<TimelineEvent[]> {
    const entityId = await findEntityId(this.#knex, scope.entityRef);
    if (entityId === undefined) return [];
    const rows = await listScans(this.#knex, {
      entityId,
      from: scope.from,
      to: scope.to,
      limit: MAX_EVENTS,
    });
    return rows.filter(({ status }) => status !== 'superseded').map(toEvent);
  }
}

function toEvent(row: DbScanRow): TimelineEvent {
  const failed = row.status === 'failed';
  const added = row.new_findings + row.reopened_findings;
  return {
    id: `scan:${row.scan_id}`,
    at: row.received_at.toISOString(),
    kind: 'scan',
    severity: failed || row.incomplete || added > 0 ? 'warning' : 'info',
    title: titleOf(row, added),
    detail: row.error ?? row.incomplete ?? `${row.category}, ${row.ref}`,
    subject: row.tool,
  };
}

function titleOf(row: DbScanRow, added: number): string {
  if (row.status === 'failed') return `A scan could not be read (${row.tool})`;
  const fixed = row.fixed_findings;
  if (!row.incomplete) {
    return `Scan by ${row.tool}: ${added} new, ${fixed} fixed`;
  }
  return `Incomplete scan by ${row.tool}: ${added} new, ${
    fixed > 0 ? `${fixed} fixed` : 'nothing was closed'
  }`;
}
