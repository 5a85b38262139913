import {
  wordTexts,
  type CodedMessage,
  type TimelineEvent,
} from '@cloudtrace/plugin-cloudtrace-common';
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
    ...wordTexts({
      title: titleOf(row, added),
      detail:
        row.coded?.error ??
        row.error ??
        row.coded?.incomplete ??
        row.incomplete ??
        `${row.category}, ${row.ref}`,
    }),
    subject: row.tool,
  };
}

function titleOf(row: DbScanRow, added: number): CodedMessage {
  const { tool, fixed_findings: fixed } = row;
  if (row.status === 'failed') {
    return { code: 'scan-not-read', values: { tool } };
  }
  if (!row.incomplete) {
    return { code: 'scan-received', values: { tool, added, fixed } };
  }
  return fixed > 0
    ? { code: 'scan-received-partly', values: { tool, added, fixed } }
    : { code: 'scan-received-incomplete', values: { tool, added } };
}
