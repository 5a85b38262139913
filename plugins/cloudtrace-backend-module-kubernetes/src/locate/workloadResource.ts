import type { FleetResource } from '@cloudtrace/plugin-cloudtrace-common';
import { isWorkloadKind, type WorkloadName } from '../objects/workloadKinds';

/** Id of the provider. */
export const KUBERNETES_PROVIDER_ID = 'kubernetes';

/** The workload as a resource of the fleet. */
export function workloadResource(
  cluster: string,
  workload: WorkloadName,
): FleetResource {
  const { kind, namespace, name } = workload;
  return {
    provider: KUBERNETES_PROVIDER_ID,
    id: `${cluster}/${namespace}/${kind}/${name}`,
    type: `kubernetes-${kind.toLowerCase()}`,
    name: `${namespace}/${name}`,
    account: cluster,
  };
}

/** Reads the workload from a resource's id; undefined if it is not of this provider. */
export function parseResource({
  id,
}: FleetResource): (WorkloadName & { cluster: string }) | undefined {
  // Names of clusters can contain slashes, for example as ARNs.
  const parts = id.split('/');
  const [namespace, kind, name] = parts.slice(-3);
  const cluster = parts.slice(0, -3).join('/');
  if (!cluster || !isWorkloadKind(kind)) return undefined;
  return { cluster, namespace, kind, name };
}
