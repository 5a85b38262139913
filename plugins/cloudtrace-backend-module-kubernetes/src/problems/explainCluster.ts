import type { FleetProblem } from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedCluster } from '../clusters/WatchedCluster';
import { explainUnread } from './explainUnread';

/**
 * Words why workloads of a cluster may be unknown. The problem names the
 * cluster as its account, so that what was linked to it stays linked: a kind
 * that was never read says nothing about its workloads.
 */
export function explainCluster(cluster: WatchedCluster): FleetProblem[] {
  return explainUnread(cluster.name, cluster.unknownWorkloads).map(problem => ({
    ...problem,
    account: cluster.name,
  }));
}
