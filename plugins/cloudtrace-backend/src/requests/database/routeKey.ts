/**
 * SQL of the name that a route has in charts, facets and filters: `METHOD
 * route`, or the route alone where a span has no method.
 */
export function routeKey(alias: string): string {
  return `CASE WHEN ${alias}.method = '' THEN ${alias}.route ELSE ${alias}.method || ' ' || ${alias}.route END`;
}
