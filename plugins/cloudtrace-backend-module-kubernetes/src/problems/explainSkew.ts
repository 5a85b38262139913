import type { FleetProblem } from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedCluster } from '../clusters/WatchedCluster';

/** A smaller difference does not change what the views show. */
const MAX_SKEW_MS = 60_000;

/** Words that the cluster's clock differs from the portal's. */
export function explainSkew({ name, client }: WatchedCluster): FleetProblem[] {
  const { skewMs } = client;
  if (skewMs === undefined || Math.abs(skewMs) <= MAX_SKEW_MS) return [];
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  return [
    {
      code: 'clock-skew',
      message: `The clock of cluster '${name}' is ${seconds} s ${
        skewMs > 0 ? 'ahead of' : 'behind'
      } the portal's; times of its events are shifted`,
      nextStep:
        "Synchronize the clocks of the portal's host and of the cluster's control plane, for example with NTP",
    },
  ];
}
