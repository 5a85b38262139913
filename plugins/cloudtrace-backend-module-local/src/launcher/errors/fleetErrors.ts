/** What was asked for makes no sense; answered with 400. */
export class FleetInputError extends Error {
  override readonly name = 'FleetInputError';
}

/** There is no such thing; answered with 404. */
export class FleetNotFoundError extends Error {
  override readonly name = 'FleetNotFoundError';
}

/** Not possible in the present state; answered with 409. */
export class FleetConflictError extends Error {
  override readonly name = 'FleetConflictError';
}
