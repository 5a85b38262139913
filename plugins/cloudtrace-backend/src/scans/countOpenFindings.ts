import type { Knex } from 'knex';
import { countNewCritical } from '../database/operations/scans/countNewCritical';
import { countOpen } from '../database/operations/scans/countOpen';
import type { FindingCounter } from '../overview/FindingCounter';

/** Counts open findings for lists over services and for badges. */
export function countOpenFindings(knex: Knex): FindingCounter {
  return {
    countOpen: scopes =>
      countOpen(
        knex,
        scopes.map(({ entityRef }) => entityRef),
      ),
    countNewCritical: entityRef => countNewCritical(knex, entityRef),
  };
}
