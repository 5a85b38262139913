import { wordTexts, type Wording } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';

/** Maximum length of a stored error. */
const MAX_ERROR_LENGTH = 1_000;

/** The target and the entity of a pull. */
export interface PullTarget {
  entityId: number;
  /** Name of the source, such as `snyk`. */
  source: string;
  /** Id at the source, such as that of a project; empty for the discovery of targets. */
  target: string;
}

/** Records the result of a pull; `error` is the reason of a failure. */
export async function recordPull(
  knex: Knex,
  { entityId, source, target }: PullTarget,
  outcome: { at: Date; error?: Wording },
): Promise<void> {
  const { at, error } = outcome;
  const { lastError, coded } = wordTexts({ lastError: error });
  const [column, ...values] =
    lastError === undefined
      ? (['last_success_at', at, null, null, null] as const)
      : ([
          'last_error_at',
          null,
          at,
          lastError.slice(0, MAX_ERROR_LENGTH),
          coded ? JSON.stringify(coded) : null,
        ] as const);
  await knex.raw(
    `INSERT INTO scan_pulls (entity_id, source, target, last_success_at, last_error_at, last_error, coded)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (entity_id, source, target) DO UPDATE
       SET ${column} = excluded.${column},
           last_error = coalesce(excluded.last_error, scan_pulls.last_error),
           coded = CASE WHEN excluded.last_error IS NULL
                        THEN scan_pulls.coded ELSE excluded.coded END`,
    [entityId, source, target, ...values],
  );
}
