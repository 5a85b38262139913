/** An error with an HTTP status of its own. */
export function httpError(
  statusCode: number,
  name: string,
  message: string,
): Error {
  return Object.assign(new Error(message), { name, statusCode });
}
