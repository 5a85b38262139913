import type { SqlFragment } from '../SqlFragment';
import { scatter } from './scatter';

/**
 * Limits a statement to the entities of a server; without a list, one server
 * stores all entities.
 */
export function entityCondition(entityIds?: readonly number[]): SqlFragment {
  return entityIds
    ? { sql: 'entity_id = ANY(?::int4[])', bindings: [[...entityIds]] }
    : {
        sql: `true ${scatter('one server stores all entities')}`,
        bindings: [],
      };
}
