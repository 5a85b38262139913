import type { Knex } from 'knex';
import { countNewCritical } from './database/countNewCritical';
import { countOpen } from './database/countOpen';
import type { FindingCounter } from './FindingCounter';

/** Counts open findings for lists of services and for badges. */
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
