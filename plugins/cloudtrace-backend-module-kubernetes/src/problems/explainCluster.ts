import type { FleetProblem } from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedCluster } from '../clusters/WatchedCluster';
import { allWorkloadKinds, workloadKinds } from '../objects/workloadKinds';
import { explainFailures } from './explainFailures';

/**
 * Words why a cluster as a whole cannot be read: no kind of workload is known.
 * A single kind that fails is a problem of the workloads that need it.
 */
export function explainCluster(cluster: WatchedCluster): FleetProblem[] {
  if (cluster.hasWorkloads) return [];
  const account = cluster.name;
  const kinds = allWorkloadKinds.map(kind => workloadKinds[kind] as string);
  const failures = cluster.failures.filter(({ kind }) => kinds.includes(kind));
  if (failures.length > 0) {
    return explainFailures(account, failures).map(problem => ({
      ...problem,
      account,
    }));
  }
  return [
    {
      code: 'unavailable',
      message: `Cluster '${account}' is being read for the first time`,
      nextStep: 'Wait a minute; large clusters take longer',
      account,
    },
  ];
}
