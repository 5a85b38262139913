import {
  groupBy,
  type FleetProblem,
  type FleetProblemCode,
} from '@cloudtrace/plugin-cloudtrace-common';
import { watchCalls } from '../calls/watchCalls';
import type { KindFailure } from '../clusters/WatchedCluster';
import type { WatchedKind } from '../objects/types';

/** What to do about a failure; the other codes of the model do not occur here. */
const NEXT_STEPS: Partial<Record<FleetProblemCode, string>> = {
  'access-denied':
    'Apply docs/kubernetes/cluster-role.yaml to the cluster and bind it to the identity that the portal uses there; CloudTrace tries again within a minute',
  'expired-credentials':
    "Renew the cluster's credentials in the kubernetes section of the portal's configuration; CloudTrace reads them again by itself if they come from a file or a cloud",
  'not-enabled':
    'Check that the URL of the cluster in the kubernetes section is that of its API server, and that the cluster is not older than Kubernetes 1.23',
  throttled:
    'CloudTrace calls less often; if the throttling persists, check the priority and fairness settings of the cluster',
  timeout:
    'Check the network between the portal and the cluster; CloudTrace tries again',
  unavailable:
    "Check that the portal reaches the cluster's API server and trusts its certificate (caData or caFile); CloudTrace tries again",
  'invalid-request':
    'Check that the URL of the cluster is that of its API server',
  'invalid-response':
    'Check that the URL of the cluster is that of its API server, and that no proxy or sign-in page answers instead',
  'account-not-configured':
    'Add an authentication strategy with kubernetesFleetExtensionPoint; docs/kubernetes.md shows how',
};

/** Kinds that a message lists by name; a permission lists all of them. */
const MAX_NAMED = 3;

/** Words why kinds of a cluster cannot be read: one problem for each reason. */
export function explainFailures(
  cluster: string,
  failures: readonly KindFailure[],
): FleetProblem[] {
  const byReason = groupBy(failures, ({ error, hasData }) =>
    [error.code, error.message, hasData].join('/'),
  );
  return [...byReason.values()].map(same => explainReason(cluster, same));
}

function explainReason(
  cluster: string,
  failures: readonly KindFailure[],
): FleetProblem {
  const [{ error, hasData }] = failures;
  const { code } = error;
  const resources = failures.map(({ kind }) => resourceOf(kind));
  const stale = hasData ? '; the last known state is shown' : '';
  if (code === 'access-denied') {
    const all = resources.join(', ');
    return {
      code,
      message: `Cluster '${cluster}' denies list and watch of ${all}${stale}`,
      nextStep: NEXT_STEPS[code],
      missingPermission: `list, watch ${all}`,
    };
  }
  return {
    code,
    message: `Cluster '${cluster}' could not be read (${shorten(
      resources,
    )}): it ${error.message}${stale}`,
    nextStep: NEXT_STEPS[code],
  };
}

function shorten(names: readonly string[]): string {
  const named = names.slice(0, MAX_NAMED).join(', ');
  const more = names.length - MAX_NAMED;
  return more > 0 ? `${named} and ${more} more` : named;
}

/** A kind as RBAC names it, e.g. `deployments.apps`. */
export function resourceOf(kind: WatchedKind): string {
  const { group } = watchCalls.find(call => call.kind === kind)!;
  return group ? `${kind}.${group}` : kind;
}
