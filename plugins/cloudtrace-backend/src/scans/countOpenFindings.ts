import type { Knex } from 'knex';
import { countOpen } from '../database/operations/scans/countOpen';
import type { FindingCounter } from '../overview/FleetPageService';

/** Counts open findings for lists over services. */
export function countOpenFindings(knex: Knex): FindingCounter {
  return {
    countOpen: scopes =>
      countOpen(
        knex,
        scopes.map(({ entityRef }) => entityRef),
      ),
  };
}
