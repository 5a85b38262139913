import {
  wordTexts,
  type FleetProblem,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { ClusterListState } from '../clusters/ClusterSet';

/** Words that the list of clusters is incomplete or unknown. */
export function explainClusterList(
  state: ClusterListState,
  /** Types of cluster locators that are configured but not read. */
  unreadMethods: readonly string[],
): FleetProblem[] {
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
