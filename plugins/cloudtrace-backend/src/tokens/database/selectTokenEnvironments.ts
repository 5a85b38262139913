/** Selects the environments of all entities that have an ingest token. */
export const SELECT_TOKEN_ENVIRONMENTS =
  'SELECT entity_ref, environment FROM ingest_tokens';
