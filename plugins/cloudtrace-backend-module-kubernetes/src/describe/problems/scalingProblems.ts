import {
  wordTexts,
  type CodedMessage,
  type FleetProblem,
  type JudgementCode,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedObject, WorkloadObjects } from '../../objects/types';
import { conditionOf, nameOf, shortenText, textAt } from '../fields';

/** An autoscaler that does not work, and why. */
export function scalingProblems({
  workload,
  hpa,
  otherHpas = [],
  scaledObject,
}: WorkloadObjects): FleetProblem[] {
  return [
    ...(hpa && otherHpas.length > 0
      ? [severalAutoscalers(workload, [hpa, ...otherHpas])]
      : []),
    ...(hpa ? autoscalerProblem(hpa) : []),
    ...(scaledObject ? kedaProblem(scaledObject) : []),
  ];
}

/** Each of them sets the size that its own metrics ask for, in turn. */
function severalAutoscalers(
  workload: WatchedObject,
  hpas: readonly WatchedObject[],
): FleetProblem {
  const names = hpas.map(hpa => nameOf(hpa) ?? '?');
  return {
    code: 'invalid-response',
    ...wordTexts({
      message: {
        code: 'hpa-several',
        values: {
          name: nameOf(workload) ?? '?',
          autoscalers: shortenText(names.join(', ')),
          shown: names[0],
        },
      },
      nextStep: { code: 'hpa-several-next', values: {} },
    }),
  };
}

type Metric = 'resource' | 'custom' | 'external';

/**
 * Why ScalingActive or AbleToScale is False
 * (pkg/controller/podautoscaler/horizontal.go).
 */
const METRIC_OF_REASON: Readonly<Record<string, Metric>> = {
  FailedGetResourceMetric: 'resource',
  FailedGetContainerResourceMetric: 'resource',
  FailedGetPodsMetric: 'custom',
  FailedGetObjectMetric: 'custom',
  FailedGetExternalMetric: 'external',
};
const CODE_OF_REASON: Readonly<Record<string, JudgementCode>> = {
  InvalidSelector: 'hpa-selector',
  AmbiguousSelector: 'hpa-selector',
  FailedGetScale: 'hpa-no-scale',
  FailedUpdateScale: 'hpa-no-scale',
};
/** The target has no pods on purpose. */
const INTENDED = 'ScalingDisabled';

function autoscalerProblem(hpa: WatchedObject): FleetProblem[] {
  const failed = ['AbleToScale', 'ScalingActive']
    .map(type => conditionOf(hpa, type))
    .find(
      condition =>
        textAt(condition, 'status') === 'False' &&
        textAt(condition, 'reason') !== INTENDED,
    );
  if (!failed) return [];
  const { message, nextStep } = wordReason(nameOf(hpa) ?? '', failed);
  return [
    {
      code: 'unavailable',
      ...wordTexts({
        message,
        nextStep: { code: nextStep, values: {} } as CodedMessage,
      }),
    },
  ];
}

function wordReason(
  name: string,
  condition: unknown,
): { message: CodedMessage; nextStep: JudgementCode } {
  const reason = textAt(condition, 'reason') ?? '';
  if (Object.hasOwn(METRIC_OF_REASON, reason)) {
    const kind = METRIC_OF_REASON[reason];
    const metric: CodedMessage = { code: `hpa-metric-${kind}`, values: {} };
    return {
      message: { code: 'hpa-no-metric', values: { name, metric } },
      nextStep: `hpa-no-${kind}-metric-next`,
    };
  }
  if (Object.hasOwn(CODE_OF_REASON, reason)) {
    const code = CODE_OF_REASON[reason];
    return {
      message: { code, values: { name } },
      nextStep: `${code}-next` as JudgementCode,
    };
  }
  return {
    message: {
      code: 'hpa-inactive',
      values: { name, reason: wordCondition(condition) },
    },
    nextStep: 'hpa-inactive-next',
  };
}

function wordCondition(condition: unknown): string {
  const words = [textAt(condition, 'reason'), textAt(condition, 'message')];
  return shortenText(words.filter(Boolean).join(' – ') || '?');
}

/** The condition Ready of a ScaledObject (keda, apis/keda/v1alpha1). */
function kedaProblem(scaledObject: WatchedObject): FleetProblem[] {
  const ready = conditionOf(scaledObject, 'Ready');
  if (textAt(ready, 'status') !== 'False') return [];
  return [
    {
      code: 'unavailable',
      ...wordTexts({
        message: {
          code: 'keda-not-ready',
          values: {
            name: nameOf(scaledObject) ?? '',
            reason: wordCondition(ready),
          },
        },
        nextStep: { code: 'keda-not-ready-next', values: {} },
      }),
    },
  ];
}
