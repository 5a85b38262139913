/** An error with a status, as `ResponseError` has one. */
export function errorWithStatus(message: string, statusCode: number): Error {
  return Object.assign(new Error(message), { statusCode });
}

/** A promise that never settles: a view stays in its loading state. */
export const never = () => new Promise<never>(() => {});
