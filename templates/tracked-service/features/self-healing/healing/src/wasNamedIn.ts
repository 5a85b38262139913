/**
 * Whether a call's parameters contain the resource, by its id, name or ARN. Otherwise the call changed something else,
 * and its caller is not who changed the resource.
 */
export function wasNamedIn(parameters: unknown, resource: string): boolean {
  if (typeof parameters === 'string') {
    return parameters === resource || parameters.endsWith(`:${resource}`);
  }
  return (
    typeof parameters === 'object' &&
    parameters !== null &&
    Object.values(parameters).some(value => wasNamedIn(value, resource))
  );
}
