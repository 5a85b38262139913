import {
  explainTarget,
  type FailoverStep,
  type MissingData,
  type PlainReason,
} from '@cloudtrace/plugin-cloudtrace-common';
import { classifyFailures, type FailureCluster } from './classifyFailures';
import { findDatabaseFailovers } from './findDatabaseFailovers';
import { checkEvidence, earliestOf, requestEvidence } from './findEvidence';
import {
  findTargetFailures,
  flapWindowMs,
  groupHistories,
  isReplacement,
  skewMs,
} from './findTargetFailures';
import { measureImpact } from './measureImpact';
import type { DetectionInput, Episode } from './types';

/**
 * Finds failovers in the stored history. Pure: the same history, in whatever
 * order, always gives the same episodes, ordered by their detection.
 */
export function detectFailovers(input: DetectionInput): Episode[] {
  const clusters = groupHistories(input.targets).flatMap(history =>
    classifyFailures(history, findTargetFailures(history, input), input),
  );
  const episodes = [
    ...mergeClusters(clusters).map(cluster => toEpisode(cluster, input)),
    ...findDatabaseFailovers(input),
  ];
  return episodes.sort(
    (a, b) =>
      a.detectedAt - b.detectedAt ||
      (`${a.subject.kind} ${a.subject.key}` <
      `${b.subject.kind} ${b.subject.key}`
        ? -1
        : 1),
  );
}

/**
 * Clusters of the same subject that overlap or follow each other closely are
 * one: an instance can be in several target groups, and a zone can flap.
 */
function mergeClusters(clusters: FailureCluster[]): FailureCluster[] {
  const bySubject = new Map<string, FailureCluster[]>();
  const sorted = [...clusters].sort((a, b) => fromOf(a) - fromOf(b));
  for (const cluster of sorted) {
    const key = `${cluster.kind}\n${cluster.key}`;
    const own = bySubject.get(key) ?? [];
    const last = own.at(-1);
    const end = last && toOf(last);
    if (last && (end === undefined || fromOf(cluster) - end <= flapWindowMs)) {
      last.failures = [...last.failures, ...cluster.failures];
    } else {
      own.push({ ...cluster });
    }
    bySubject.set(key, own);
  }
  return [...bySubject.values()].flat();
}

function fromOf({ failures }: FailureCluster): number {
  return Math.min(...failures.map(({ from }) => from));
}

function toOf({ failures }: FailureCluster): number | undefined {
  const ends = failures.map(({ to }) => to);
  return ends.some(end => end === undefined)
    ? undefined
    : Math.max(...(ends as number[]));
}

function toEpisode(cluster: FailureCluster, input: DetectionInput): Episode {
  const until = +input.until;
  const detectedAt = fromOf(cluster);
  const recoveredAt = toOf(cluster);
  const end = recoveredAt ?? until;
  const keys =
    cluster.kind === 'instance' || cluster.kind === 'zone' ? [cluster.key] : [];
  const measured = measureImpact(
    input.requests,
    { kind: cluster.kind, keys: new Set(keys), detectedAt, recoveredAt },
    until,
  );
  const began = earliestOf(detectedAt, [
    requestEvidence(measured.beganAt),
    ...cluster.failures.map(failure => checkEvidence(failure, input)),
  ]);
  const startedAt = began?.at ?? detectedAt;
  const first = cluster.failures.find(({ from }) => from === detectedAt)!;
  const flaps = countFlaps(cluster);
  const replacements = input.activities
    .filter(activity =>
      isReplacement(activity, {
        from: detectedAt,
        to: end,
        instanceIds: new Set(
          cluster.failures.map(f => f.instanceId ?? f.targetId),
        ),
      }),
    )
    .sort((a, b) => a.startedAt.localeCompare(b.startedAt));
  const missingData = new Set<MissingData>(measured.missingData);
  const observed = (at: number) =>
    input.gaps.some(gap => +gap.from <= at && at <= +gap.to);
  if (observed(detectedAt)) {
    missingData.add('gap-in-observation').add('start-uncertain');
  }
  if (first.vanished) missingData.add('start-uncertain');
  if (recoveredAt !== undefined && observed(recoveredAt)) {
    missingData.add('gap-in-observation').add('recovery-uncertain');
  }
  if (replacements.some(a => Date.parse(a.startedAt) < detectedAt)) {
    missingData.add('clock-skew');
  }
  const cause = explainCause(first);
  return {
    subject: {
      kind: cluster.kind,
      key: cluster.key,
      label: cluster.label,
      zone: cluster.zone,
      resourceId: cluster.resourceId,
    },
    cause,
    planned: judgePlanned(detectedAt, first.vanished, input),
    startedAt,
    detectedAt,
    shiftedAt: measured.shiftedAt,
    recoveredAt,
    flaps,
    impact: measured.impact,
    missingData: [...missingData].sort(),
    steps: [
      ...(began
        ? [step(began.at, 'began', began.source, { title: began.title })]
        : []),
      step(detectedAt, 'detected', 'health', {
        title: detectedTitle(cluster),
        detail: cause.summary,
      }),
      ...(measured.shiftedAt === undefined
        ? []
        : [
            step(measured.shiftedAt, 'shifted', 'requests', {
              title: 'Others carried the load',
            }),
          ]),
      ...replacements.slice(0, 20).map(activity =>
        step(Date.parse(activity.startedAt), 'replacement', 'scaling', {
          title:
            activity.kind === 'launch'
              ? 'A replacement was started'
              : 'The failed instance was taken out',
          detail: activity.instanceIds?.join(', '),
        }),
      ),
      ...(flaps > 0
        ? [
            step(
              Math.max(...cluster.failures.map(f => f.from)),
              'flapped',
              'health',
              {
                title: `It came back and failed again ${
                  flaps === 1 ? 'once' : `${flaps} times`
                }`,
              },
            ),
          ]
        : []),
      ...(recoveredAt === undefined
        ? []
        : [
            step(recoveredAt, 'recovered', 'health', {
              title: 'As many targets were healthy again as before',
            }),
          ]),
    ].sort((a, b) => a.at.localeCompare(b.at)),
    failures: cluster.failures.map(({ resourceId, targetId, from, to }) => ({
      key: `${resourceId}\n${targetId}`,
      from,
      to,
    })),
  };
}

/** How often the subject came back and failed again; several targets at once are no flap. */
function countFlaps({ failures }: FailureCluster): number {
  const sorted = [...failures].sort((a, b) => a.from - b.from);
  let flaps = Math.max(...failures.map(failure => failure.flaps));
  let end = sorted[0].to;
  for (const failure of sorted.slice(1)) {
    if (end !== undefined && failure.from > end) flaps += 1;
    end =
      end === undefined || failure.to === undefined
        ? undefined
        : Math.max(end, failure.to);
  }
  return flaps;
}

function explainCause(failure: {
  reasonCode?: string;
  reason?: string;
  vanished: boolean;
}): PlainReason {
  if (failure.vanished) {
    return {
      summary: 'It disappeared while it was healthy',
      nextStep: 'Look in the scaling history and at the provider for its end',
    };
  }
  return {
    ...explainTarget({ ...failure, state: 'unhealthy' }),
    code: failure.reasonCode,
    vendorText: failure.reason,
  };
}

/** A deploy or an exchange of instances at the time makes it planned. */
function judgePlanned(
  at: number,
  vanished: boolean,
  { deploys, activities }: DetectionInput,
): Episode['planned'] {
  const deploying = deploys.some(
    deploy =>
      +deploy.at - skewMs <= at &&
      at <= +(deploy.endedAt ?? new Date(+deploy.at + 10 * 60_000)) + skewMs,
  );
  const refreshing = activities.some(
    activity =>
      activity.causeKind === 'instance-refresh' &&
      Math.abs(Date.parse(activity.startedAt) - at) <= 5 * 60_000,
  );
  if (deploying || refreshing) return 'yes';
  return vanished ? 'unknown' : 'no';
}

function detectedTitle({ kind, label, failures }: FailureCluster): string {
  if (kind === 'zone') {
    return failures.length === 1
      ? `The only target in ${label} failed`
      : `All ${failures.length} targets in ${label} failed`;
  }
  if (kind === 'all-targets') return 'No target was healthy any more';
  return `${label} failed its health checks`;
}

function step(
  at: number,
  kind: FailoverStep['kind'],
  source: FailoverStep['source'],
  text: { title: string; detail?: string },
): FailoverStep {
  return { at: new Date(at).toISOString(), kind, source, ...text };
}
