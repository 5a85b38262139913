import {
  wordTexts,
  type CodedMessage,
  type FailoverStep,
  type JudgementCode,
  type MessageValue,
  type ScalingActivity,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { FailureCluster } from './classifyFailures';
import type { Evidence } from './findEvidence';
import { fromOf, toOf } from './mergeClusters';
import type { Deploy } from './types';

const MAX_REPLACEMENTS = 20;

/** Returns the steps of an episode, ascending by time. */
export function episodeSteps(
  cluster: FailureCluster,
  story: {
    cause: MessageValue;
    began?: Evidence;
    shiftedAt?: number;
    replacements: readonly ScalingActivity[];
    flaps: number;
    deploy?: Deploy;
  },
): FailoverStep[] {
  const { began, shiftedAt, deploy, flaps } = story;
  const recoveredAt = toOf(cluster);
  const steps = [
    deploy && deployStep(deploy),
    began && step(began.at, 'began', began.source, { title: began.title }),
    step(fromOf(cluster), 'detected', 'health', {
      title: detectedTitle(cluster),
      detail: story.cause,
    }),
    shiftedAt !== undefined &&
      step(shiftedAt, 'shifted', 'requests', {
        title: says('others-carried-load'),
      }),
    ...story.replacements.slice(0, MAX_REPLACEMENTS).map(replacementStep),
    flaps > 0 &&
      step(
        Math.max(...cluster.failures.map(({ from }) => from)),
        'flapped',
        'health',
        flapText(cluster, flaps),
      ),
    recoveredAt !== undefined &&
      step(recoveredAt, 'recovered', 'health', {
        title: recoveredTitle(cluster),
      }),
  ];
  return steps
    .filter(item => item !== undefined && item !== false)
    .sort((a, b) => a.at.localeCompare(b.at));
}

function deployStep({ at, endedAt, status, version }: Deploy): FailoverStep {
  const state = status ?? 'ended';
  return step((endedAt ?? at).getTime(), 'note', 'deploy', {
    title: version
      ? says(`deploy-${state}`, { version })
      : says(`some-deploy-${state}`),
  });
}

function replacementStep(activity: ScalingActivity): FailoverStep {
  return step(Date.parse(activity.startedAt), 'replacement', 'scaling', {
    title: replacementTitle(activity),
    detail: activity.instanceIds?.join(', '),
  });
}

function replacementTitle({ kind, coded }: ScalingActivity): CodedMessage {
  if (kind === 'launch') return says('replacement-started');
  if (kind === 'restart') return coded?.cause ?? says('instance-restarted');
  return says('failed-taken-out');
}

function flapText({ chain }: FailureCluster, flaps: number): StepTexts {
  if (!chain) return { title: says('flapped', { count: flaps }) };
  return {
    title:
      chain.length === 2
        ? says('replacement-failed')
        : says('crash-loop', { instances: chain.length }),
    detail: chain.join(', '),
  };
}

function detectedTitle({
  kind,
  label,
  failures,
}: FailureCluster): CodedMessage {
  if (kind === 'zone') {
    return says('zone-failed', { zone: label, count: failures.length });
  }
  if (kind === 'all-targets') return says('all-failed');
  return says(failures[0].vanished ? 'vanished' : 'failed-checks', {
    target: label,
  });
}

function recoveredTitle({ failures }: FailureCluster): CodedMessage {
  if (failures.some(({ endedBy }) => endedBy === 'not-measured')) {
    return says('recovery-not-checked');
  }
  return says(
    failures.every(({ endedBy }) => endedBy === 'not-in-use')
      ? 'taken-out-of-use'
      : 'strength-regained',
  );
}

interface StepTexts {
  title: MessageValue;
  detail?: MessageValue;
}

function says(
  code: JudgementCode,
  values: CodedMessage['values'] = {},
): CodedMessage {
  return { code, values };
}

function step(
  at: number,
  kind: FailoverStep['kind'],
  source: FailoverStep['source'],
  { title, detail }: StepTexts,
): FailoverStep {
  return {
    at: new Date(at).toISOString(),
    kind,
    source,
    ...wordTexts({ title, detail }),
  };
}
