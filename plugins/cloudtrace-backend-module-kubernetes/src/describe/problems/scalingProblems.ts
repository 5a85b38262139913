import {
  wordTexts,
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
    code: 'autoscaler-conflict',
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

/**
 * Why ScalingActive or AbleToScale is False
 * (pkg/controller/podautoscaler/horizontal.go). Each code has a next step of its
 * own, which ends with `-next`.
 */
const CODE_OF_REASON = {
  FailedGetResourceMetric: 'hpa-no-resource-metric',
  FailedGetContainerResourceMetric: 'hpa-no-container-metric',
  FailedGetPodsMetric: 'hpa-no-pods-metric',
  FailedGetObjectMetric: 'hpa-no-object-metric',
  FailedGetExternalMetric: 'hpa-no-external-metric',
  InvalidMetricSourceType: 'hpa-metric-type',
  InvalidSelector: 'hpa-selector-invalid',
  AmbiguousSelector: 'hpa-selector-ambiguous',
  FailedGetScale: 'hpa-size-unread',
  FailedUpdateScale: 'hpa-size-not-set',
} as const satisfies Record<string, JudgementCode>;
/** The target has no pods on purpose. */
const INTENDED = 'ScalingDisabled';

function autoscalerProblem(hpa: WatchedObject): FleetProblem[] {
  return ['AbleToScale', 'ScalingActive']
    .map(type => conditionOf(hpa, type))
    .filter(
      condition =>
        textAt(condition, 'status') === 'False' &&
        textAt(condition, 'reason') !== INTENDED,
    )
    .map(
      (condition): FleetProblem => ({
        code: 'autoscaler-failed',
        ...wordReason(nameOf(hpa) ?? '', condition),
      }),
    );
}

function wordReason(name: string, condition: unknown) {
  const reason = textAt(condition, 'reason') ?? '';
  if (!isKnown(reason)) {
    return wordTexts({
      message: {
        code: 'hpa-inactive',
        values: { name, reason: wordCondition(condition) },
      },
      nextStep: { code: 'hpa-inactive-next', values: {} },
    });
  }
  const code = CODE_OF_REASON[reason];
  return wordTexts({
    message: { code, values: { name } },
    nextStep: { code: `${code}-next`, values: {} },
  });
}

function isKnown(reason: string): reason is keyof typeof CODE_OF_REASON {
  return Object.hasOwn(CODE_OF_REASON, reason);
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
      code: 'keda-failed',
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
