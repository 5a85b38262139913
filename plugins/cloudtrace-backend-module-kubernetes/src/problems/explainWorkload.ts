import type { FleetProblem } from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedCluster } from '../clusters/WatchedCluster';
import type { WorkloadObjects } from '../objects/types';
import { workloadKinds, type WorkloadName } from '../objects/workloadKinds';
import { explainGone } from './explainResource';
import { explainUnread } from './explainUnread';
import { explainUsage } from './explainUsage';
import { neededKinds } from './neededKinds';

/** Words what of a workload is unknown or old, and why; or that it is gone. */
export function explainWorkload(
  cluster: WatchedCluster,
  name: WorkloadName,
  objects: WorkloadObjects | undefined,
  now: Date,
): FleetProblem[] {
  const parts = neededKinds(name.kind, objects);
  const unread = cluster.unreadAt(now).filter(({ kind }) => parts.has(kind));
  const problems = explainUnread(cluster.name, unread, {
    workload: name.name,
    parts,
  });
  if (objects) {
    const { namespace } = name;
    const subject = { cluster: cluster.name, namespace, name: name.name };
    problems.push(...explainUsage(subject, objects, now));
  }
  const isGone = !objects && cluster.freshAt(workloadKinds[name.kind]);
  return isGone ? [...problems, explainGone(name)] : problems;
}
