import { scatter } from '../../database/distribution/scatter';

/** Selects the environments of all entities that have requests. */
export const SELECT_REQUEST_ENVIRONMENTS = `
  ${scatter('lists all services')}
  SELECT e.entity_ref, i.environment
    FROM entities e
    JOIN (SELECT DISTINCT entity_id, environment FROM instances) i USING (entity_id)`;
