/** Id of the series with the metric of a policy's alarm. */
export function policySeriesId(policyName: string): string {
  return `policy-${policyName}`;
}
