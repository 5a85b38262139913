import type {
  FleetProblem,
  FleetResource,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { WorkloadName } from '../objects/workloadKinds';

/** The cluster of a resource is not configured any more. */
export function explainUnknownCluster(): FleetProblem {
  return {
    code: 'account-not-configured',
    message: 'The cluster of this workload is not configured',
    nextStep:
      'Add it to kubernetes.clusterLocatorMethods, or remove the annotation',
  };
}

/** The workload was deleted. */
export function explainGone({ kind, name }: WorkloadName): FleetProblem {
  return {
    code: 'not-found',
    message: `The ${kind} '${name}' no longer exists`,
    nextStep:
      'Nothing if it was deleted on purpose; its history stays until it expires',
  };
}

/** The workload's objects could not be described. */
export function explainUnreadable({ name }: FleetResource): FleetProblem {
  return {
    code: 'invalid-response',
    message: `CloudTrace could not read the objects of '${name}'`,
    nextStep: 'See the log of the backend',
  };
}
