/** A metric of an alarm or a policy, with the fields that matter here. */
interface MetricQuery {
  Id?: string;
  Expression?: string;
  ReturnData?: boolean;
  MetricStat?: { Metric?: { Namespace?: string; MetricName?: string } };
}

/**
 * Whether metric maths divides the active users of a service by its instances,
 * as services of the template "Tracked service" do to scale by them.
 */
export function isActiveUsersPerInstance(
  queries: readonly MetricQuery[] | undefined,
): boolean {
  const users = queries?.find(({ MetricStat }) => {
    const metric = MetricStat?.Metric;
    return (
      metric?.Namespace === 'CloudTrace/Service' &&
      metric.MetricName === 'ActiveUsers'
    );
  });
  const result = queries?.find(query => query.ReturnData !== false);
  const [dividend, divisor] = (result?.Expression ?? '').split('/');
  return Boolean(users?.Id && divisor) && dividend.trim() === users?.Id;
}
