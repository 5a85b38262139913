/** Selects the environments of all entities that have linked resources. */
export const SELECT_LINKED_ENVIRONMENTS =
  'SELECT entity_ref, environment FROM fleet_links';
