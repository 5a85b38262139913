/** An error with its own HTTP status. */
export function httpError(
  statusCode: number,
  name: string,
  message: string,
): Error {
  return Object.assign(new Error(message), { name, statusCode });
}
