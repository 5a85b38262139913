import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import {
  CURRENT_SCANS,
  findingConditions,
  type FindingFilter,
} from './findingConditions';
import type { DbFindingRow } from './rows';

/** Sortable columns of findings. */
export const findingSorts = {
  severity: { column: 'severity', type: 'int2', pattern: /^[0-4]$/ },
  firstSeenAt: {
    column: 'first_seen_at',
    type: 'timestamptz',
    pattern: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/,
  },
  lastSeenAt: {
    column: 'last_seen_at',
    type: 'timestamptz',
    pattern: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/,
  },
  // A cursor has at most 512 characters.
  title: { column: 'left(title, 100)', type: 'text', pattern: /^/ },
} as const;

/** A finding in a list. */
export type ListedFinding = DbFindingRow & {
  is_new: boolean;
  /** Value of the sort column as text, for the next page. */
  position: string;
};

/** Lists one page of findings in a stable order. */
export async function listFindings(
  knex: Knex,
  filter: FindingFilter,
  page: {
    sort: keyof typeof findingSorts;
    order: 'asc' | 'desc';
    after?: { value: string; id: string };
    limit: number;
  },
): Promise<ListedFinding[]> {
  const { column, type } = findingSorts[page.sort];
  const { sql, bindings } = findingConditions(filter);
  const direction = page.order === 'asc' ? 'ASC' : 'DESC';
  const compare = page.order === 'asc' ? '>' : '<';
  const rows = await queryRows<ListedFinding>(
    knex,
    `SELECT *, ${column}::text AS position,
            coalesce(new_scan_id IN ${CURRENT_SCANS}, false) AS is_new
       FROM findings
      WHERE ${sql}
        ${
          page.after
            ? `AND (${column}, finding_id) ${compare} (?::${type}, ?::uuid)`
            : ''
        }
      ORDER BY ${column} ${direction}, finding_id ${direction}
      LIMIT ?`,
    [
      filter.entityId,
      ...bindings,
      ...(page.after ? [page.after.value, page.after.id] : []),
      page.limit,
    ],
  );
  return rows;
}

/** Counts the matching findings. */
export async function countFindings(
  knex: Knex,
  filter: FindingFilter,
): Promise<number> {
  const { sql, bindings } = findingConditions(filter);
  const rows = await queryRows<{ total: number }>(
    knex,
    `SELECT count(*)::int AS total FROM findings WHERE ${sql}`,
    bindings,
  );
  return rows[0].total;
}

/** Lists every tool that has sent scans of the entity. */
export async function listTools(
  knex: Knex,
  entityId: number,
): Promise<string[]> {
  const rows = await queryRows<{ tool: string }>(
    knex,
    `SELECT DISTINCT tool FROM scan_streams
      WHERE entity_id = ? AND current_scan_id IS NOT NULL ORDER BY tool`,
    [entityId],
  );
  return rows.map(row => row.tool);
}
