import {
  groupBy,
  wordTexts,
  type CodedMessage,
  type FleetProblem,
  type JudgementCode,
} from '@cloudtrace/plugin-cloudtrace-common';
import { podMetricsCall } from '../calls/watchCalls';
import {
  missingUsage,
  type MissingUsage,
} from '../describe/metrics/measuredPods';
import {
  isUnmeasured,
  type NamespaceUsage,
  type UsageFailure,
  type UsageFigure,
} from '../objects/PodUsage';
import type { WorkloadObjects } from '../objects/types';
import { listCodes } from './listCodes';

/** The workload whose usage is unknown. */
export interface UsageSubject {
  cluster: string;
  namespace: string;
  name: string;
}

const PARTS: Readonly<Record<UsageFigure, JudgementCode>> = {
  cpu: 'workload-parts-cpu',
  memory: 'workload-parts-memory',
  requestsPerSecond: 'workload-parts-requests',
  latencyMs: 'workload-parts-latencies',
};

/** What every pod has; a service may do nothing that is counted. */
const OF_EVERY_POD: readonly UsageFigure[] = ['cpu', 'memory'];

/** Words why it is unknown what the pods of a workload use: one problem for each reason. */
export function explainUsage(
  subject: UsageSubject,
  objects: Pick<WorkloadObjects, 'pods' | 'usage'>,
  now: Date,
): FleetProblem[] {
  const { usage } = objects;
  if (!usage) return [];
  if (isUnmeasured(usage)) return [explainUnmeasured(subject)];
  const failures = groupBy(
    usage.unread,
    ({ error }) => `${error.code}/${error.message}`,
  );
  const unread = new Set(usage.unread.flatMap(({ figures }) => figures));
  const missing = groupBy(
    usage.figures.filter(figure => !unread.has(figure)),
    figure => {
      const reason = missingUsage(objects, figure, now);
      return reason && `${reason}/${OF_EVERY_POD.includes(figure)}`;
    },
  );
  return [
    ...[...failures.values()].map(same =>
      explainFailure(
        subject,
        usage.from,
        same.flatMap(({ figures }) => figures),
        same[0].error,
      ),
    ),
    ...[...missing.values()].map(figures =>
      explainMissing(
        subject,
        usage.from,
        figures,
        missingUsage(objects, figures[0], now)!,
      ),
    ),
  ];
}

function explainUnmeasured({ cluster, name }: UsageSubject): FleetProblem {
  return {
    code: 'not-measured',
    ...wordTexts({
      message: {
        code: 'kubernetes-no-metrics-api',
        values: { cluster, name },
      },
      nextStep: { code: 'kubernetes-no-metrics-api-next', values: {} },
    }),
  };
}

function explainFailure(
  subject: UsageSubject,
  from: NamespaceUsage['from'],
  figures: readonly UsageFigure[],
  error: UsageFailure,
): FleetProblem {
  const { cluster } = subject;
  const { code, reason } = error;
  if (from === 'prometheus') {
    return {
      // A wrong URL is a failure, not something that does not exist.
      code: code === 'not-enabled' ? 'unavailable' : code,
      ...wordTexts({
        message: unknown(subject, figures, {
          code: 'prometheus-unread',
          values: { cluster, queries: figures.join(', '), reason },
        }),
        nextStep: { code: prometheusStep(error), values: {} },
      }),
    };
  }
  const kinds = `${podMetricsCall.kind}.${podMetricsCall.group}`;
  const isDenied = code === 'access-denied';
  return {
    code,
    ...(isDenied && { missingPermission: `list ${kinds}` }),
    ...wordTexts({
      message: unknown(
        subject,
        figures,
        isDenied
          ? { code: 'kubernetes-list-denied', values: { cluster, kinds } }
          : { code: 'kubernetes-unread', values: { cluster, kinds, reason } },
      ),
      nextStep: {
        code: isDenied
          ? 'kubernetes-access-denied-next'
          : error.nextStep ?? 'kubernetes-metrics-api-next',
        values: {},
      },
    }),
  };
}

/** Prometheus has its own `caFile`. */
function prometheusStep({ reason, nextStep }: UsageFailure): JudgementCode {
  if (reason.code === 'kubernetes-untrusted') {
    return 'prometheus-untrusted-next';
  }
  return nextStep ?? 'prometheus-unread-next';
}

/** The source responded, but with nothing that can be shown. */
function explainMissing(
  subject: UsageSubject,
  from: NamespaceUsage['from'],
  figures: readonly UsageFigure[],
  reason: MissingUsage,
): FleetProblem {
  const { cluster, namespace } = subject;
  const isExpected = figures.every(figure => OF_EVERY_POD.includes(figure));
  const state = `${from}-${reason}` as const;
  return {
    code: isExpected || reason === 'old' ? 'unavailable' : 'not-measured',
    ...wordTexts({
      message: unknown(subject, figures, {
        code: state,
        values: { cluster, queries: figures.join(', ') },
      }),
      nextStep: { code: `${state}-next`, values: { namespace } },
    }),
  };
}

function unknown(
  { name }: UsageSubject,
  figures: readonly UsageFigure[],
  state: CodedMessage,
): CodedMessage {
  return {
    code: 'kubernetes-state-unknown',
    values: {
      state,
      parts: listCodes(figures.map(figure => PARTS[figure]))!,
      name,
    },
  };
}
