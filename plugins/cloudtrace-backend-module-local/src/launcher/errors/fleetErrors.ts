/** An invalid request; the response is 400. */
export class FleetInputError extends Error {
  override readonly name = 'FleetInputError';
}

/** The thing does not exist; the response is 404. */
export class FleetNotFoundError extends Error {
  override readonly name = 'FleetNotFoundError';
}

/** Impossible in the current state; the response is 409. */
export class FleetConflictError extends Error {
  override readonly name = 'FleetConflictError';
}
