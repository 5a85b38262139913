import type {
  FailoverStep,
  PlainReason,
  ScalingActivity,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { FailureCluster } from './classifyFailures';
import type { Evidence } from './findEvidence';
import { fromOf, toOf } from './mergeClusters';
import type { Deploy } from './types';

const MAX_REPLACEMENTS = 20;

/** The story of an episode, ascending. */
export function episodeSteps(
  cluster: FailureCluster,
  story: {
    cause: PlainReason;
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
      detail: story.cause.summary,
    }),
    shiftedAt !== undefined &&
      step(shiftedAt, 'shifted', 'requests', {
        title: 'Others carried the load',
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
  const state = status === 'rolled-back' ? 'was rolled back' : status;
  return step((endedAt ?? at).getTime(), 'note', 'deploy', {
    title: ['Deploy', version, state ?? 'ended'].filter(Boolean).join(' '),
  });
}

function replacementStep(activity: ScalingActivity): FailoverStep {
  return step(Date.parse(activity.startedAt), 'replacement', 'scaling', {
    title:
      activity.kind === 'launch'
        ? 'A replacement was started'
        : 'The failed instance was taken out',
    detail: activity.instanceIds?.join(', '),
  });
}

function flapText({ chain }: FailureCluster, flaps: number) {
  if (chain) {
    return {
      title:
        chain.length === 2
          ? 'Its replacement failed too'
          : `It is a crash loop: ${chain.length} instances failed, each the replacement of the one before`,
      detail: chain.join(', '),
    };
  }
  const times = flaps === 1 ? 'once' : `${flaps} times`;
  return { title: `It came back and failed again ${times}` };
}

function detectedTitle({ kind, label, failures }: FailureCluster): string {
  if (kind === 'zone') {
    return failures.length === 1
      ? `The only target in ${label} failed`
      : `All ${failures.length} targets in ${label} failed`;
  }
  if (kind === 'all-targets') return 'No target was healthy any more';
  return failures[0].vanished
    ? `${label} disappeared`
    : `${label} failed its health checks`;
}

function recoveredTitle({ failures }: FailureCluster): string {
  if (failures.some(({ endedBy }) => endedBy === 'not-measured')) {
    return 'Nobody checks it any more: whether it recovered is not known';
  }
  return failures.every(({ endedBy }) => endedBy === 'not-in-use')
    ? 'It was taken out of use'
    : 'As many targets were healthy again as before';
}

function step(
  at: number,
  kind: FailoverStep['kind'],
  source: FailoverStep['source'],
  text: { title: string; detail?: string },
): FailoverStep {
  return { at: new Date(at).toISOString(), kind, source, ...text };
}
