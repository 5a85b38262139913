import { groupBy } from '@cloudtrace/plugin-cloudtrace-common';
import { stringify } from 'yaml';
import { podMetricsCall, watchCalls, WATCH_VERBS } from '../calls/watchCalls';

/** Name of the ClusterRole in the documentation. */
const ROLE_NAME = 'cloudtrace-read';

/** The ClusterRole with exactly the permissions that the calls need. */
export function makeClusterRole() {
  const byGroup = groupBy(watchCalls, ({ group }) => group);
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: ROLE_NAME },
    rules: [
      ...[...byGroup].map(([group, calls]) => ({
        apiGroups: [group],
        resources: calls.map(({ kind }): string => kind),
        verbs: [...WATCH_VERBS] as string[],
      })),
      {
        apiGroups: [podMetricsCall.group as string],
        resources: [podMetricsCall.kind as string],
        verbs: [...podMetricsCall.verbs] as string[],
      },
    ],
  };
}

/** {@link makeClusterRole} as the file that `kubectl apply` reads. */
export function writeClusterRole(): string {
  return stringify(makeClusterRole());
}
