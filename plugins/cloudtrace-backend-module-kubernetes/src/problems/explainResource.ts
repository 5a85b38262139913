import {
  wordTexts,
  type FleetProblem,
  type FleetResource,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { WorkloadName } from '../objects/workloadKinds';

/** The cluster of a resource is not configured any more. */
export function explainUnknownCluster(): FleetProblem {
  return {
    code: 'account-not-configured',
    ...wordTexts({
      message: { code: 'kubernetes-cluster-removed', values: {} },
      nextStep: { code: 'kubernetes-cluster-removed-next', values: {} },
    }),
  };
}

/** The workload was deleted. */
export function explainGone({ kind, name }: WorkloadName): FleetProblem {
  return {
    code: 'not-found',
    ...wordTexts({
      message: { code: 'kubernetes-gone', values: { kind, name } },
      nextStep: { code: 'kubernetes-gone-next', values: {} },
    }),
  };
}

/** The workload's objects could not be described. */
export function explainUnreadable({ name }: FleetResource): FleetProblem {
  return {
    code: 'invalid-response',
    ...wordTexts({
      message: { code: 'kubernetes-objects-unread', values: { name } },
      nextStep: { code: 'check-portal-log', values: {} },
    }),
  };
}
