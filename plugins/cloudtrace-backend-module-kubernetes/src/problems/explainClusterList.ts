import {
  wordTexts,
  type FleetProblem,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { ClusterListState } from '../clusters/ClusterSet';

/** Words that the list of clusters is incomplete, wrong or unknown. */
export function explainClusterList(
  state: ClusterListState,
  configured: {
    /** Types of cluster locators that are configured but not read. */
    unreadMethods?: readonly string[];
    /** Names of clusters that are not in the list but have a Prometheus. */
    unknownUsageClusters?: readonly string[];
  } = {},
): FleetProblem[] {
  const { unreadMethods = [], unknownUsageClusters = [] } = configured;
  return [
    ...unreadMethods.map(
      (type): FleetProblem => ({
        code: 'account-not-configured',
        ...wordTexts({
          message: { code: 'kubernetes-method-unread', values: { type } },
          nextStep: { code: 'kubernetes-method-unread-next', values: {} },
        }),
      }),
    ),
    ...unknownUsageClusters.map(
      (cluster): FleetProblem => ({
        code: 'account-not-configured',
        ...wordTexts({
          message: { code: 'prometheus-cluster-unknown', values: { cluster } },
          nextStep: { code: 'prometheus-cluster-unknown-next', values: {} },
        }),
      }),
    ),
    ...(state === 'read' ? [] : [explainState(state)]),
  ];
}

function explainState(state: Exclude<ClusterListState, 'read'>): FleetProblem {
  return {
    code: 'unavailable',
    ...wordTexts({
      message: { code: `kubernetes-clusters-${state}`, values: {} },
      nextStep: {
        code:
          state === 'unread'
            ? 'check-portal-log'
            : 'kubernetes-first-read-next',
        values: {},
      },
    }),
  };
}
