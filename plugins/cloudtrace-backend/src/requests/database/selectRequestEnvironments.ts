/** Selects the environments of all entities that have requests. */
export const SELECT_REQUEST_ENVIRONMENTS = `
  SELECT e.entity_ref, r.environment
    FROM entities e JOIN request_environments r USING (entity_id)`;
