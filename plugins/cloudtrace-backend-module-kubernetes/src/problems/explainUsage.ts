import {
  wordTexts,
  type CodedMessage,
  type FleetProblem,
} from '@cloudtrace/plugin-cloudtrace-common';
import { podMetricsCall } from '../calls/watchCalls';
import { isUnmeasured, type NamespaceUsage } from '../objects/PodUsage';

/** Words why it is unknown what the pods of a workload use. */
export function explainUsage(
  cluster: string,
  name: string,
  usage: NamespaceUsage,
): FleetProblem | undefined {
  const { error, from } = usage;
  if (!error) return undefined;
  const unknown = (message: CodedMessage): CodedMessage => ({
    code: 'kubernetes-state-unknown',
    values: {
      state: message,
      parts: { code: 'workload-parts-usage', values: {} },
      name,
    },
  });
  if (from === 'prometheus') {
    return {
      // A wrong URL is a failure, not something that does not exist.
      code: error.code === 'not-enabled' ? 'unavailable' : error.code,
      ...wordTexts({
        message: unknown({
          code: 'prometheus-unread',
          values: { cluster, reason: error.reason },
        }),
        nextStep: { code: 'prometheus-unread-next', values: {} },
      }),
    };
  }
  if (isUnmeasured(usage)) {
    return {
      code: 'not-enabled',
      ...wordTexts({
        message: unknown({
          code: 'kubernetes-no-metrics-api',
          values: { cluster },
        }),
        nextStep: { code: 'kubernetes-no-metrics-api-next', values: {} },
      }),
    };
  }
  const resource = `${podMetricsCall.kind}.${podMetricsCall.group}`;
  if (error.code === 'access-denied') {
    return {
      code: 'access-denied',
      missingPermission: `list ${resource}`,
      ...wordTexts({
        message: unknown({
          code: 'kubernetes-list-denied',
          values: { cluster, kinds: resource },
        }),
        nextStep: { code: 'kubernetes-access-denied-next', values: {} },
      }),
    };
  }
  return {
    code: error.code,
    ...wordTexts({
      message: unknown({
        code: 'kubernetes-unread',
        values: { cluster, kinds: resource, reason: error.reason },
      }),
      nextStep: {
        code: error.nextStep ?? 'kubernetes-metrics-api-next',
        values: {},
      },
    }),
  };
}
