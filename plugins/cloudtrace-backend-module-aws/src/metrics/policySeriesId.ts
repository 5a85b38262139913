/** Id of the series that shows the metric of a policy's alarm. */
export function policySeriesId(policyName: string): string {
  return `policy-${policyName}`;
}
