import {
  explainTarget,
  messageOf,
  wordTexts,
  type CodedMessage,
  type MessageValue,
  type MissingData,
  type PlainReason,
  type ScalingActivity,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { FailureCluster } from './classifyFailures';
import { episodeSteps } from './episodeSteps';
import {
  checkEvidence,
  earliestOf,
  groupEvidence,
  requestEvidence,
} from './findEvidence';
import type { TargetFailure } from './findTargetFailures';
import { describeDeploy, judgePlanned } from './judgePlanned';
import { measureImpact, type Measurement } from './measureImpact';
import type { Membership } from './memberships';
import { fromOf, toOf } from './mergeClusters';
import type { DetectionInput, Episode } from './types';

/** Turns a cluster of failures into an episode with its beginning, cost and end. */
export function toEpisode(
  cluster: FailureCluster,
  context: {
    input: DetectionInput;
    memberships: readonly Membership[];
    replacements: readonly ScalingActivity[];
  },
): Episode {
  const { input, memberships, replacements } = context;
  const { failures, kind } = cluster;
  const detectedAt = fromOf(cluster);
  const recoveredAt = toOf(cluster);
  const checks = failures.map(failure => checkEvidence(failure, input));
  const instances = new Set(failures.map(f => f.instanceId ?? f.targetId));
  const measured = measureImpact(
    input.requests,
    {
      kind,
      keys: keysOf(cluster, instances),
      instances,
      checkedAt: earliestOf(detectedAt, checks)?.at ?? detectedAt,
      detectedAt,
      recoveredAt,
    },
    { memberships, until: input.until.getTime() },
  );
  const early = replacements.filter(
    ({ startedAt }) => Date.parse(startedAt) < detectedAt,
  );
  const isSkewed = early.some(activity => contradicts(activity, measured));
  const began = earliestOf(detectedAt, [
    requestEvidence(measured.beganAt),
    ...checks,
    ...(isSkewed ? [] : early.map(groupEvidence)),
  ]);
  const startedAt = began?.at ?? detectedAt;
  const first = failures.find(({ from }) => from === detectedAt)!;
  const { planned, deploy } = judgePlanned(
    { kind, startedAt, failures },
    input,
  );
  const flaps = countFlaps(cluster);
  const cause = explainCause(
    first,
    deploy && describeDeploy(deploy, startedAt),
  );
  return {
    subject: {
      kind,
      key: cluster.key,
      label: cluster.label,
      zone: cluster.zone,
      resourceId: cluster.resourceId,
    },
    cause,
    planned,
    startedAt,
    detectedAt,
    shiftedAt: measured.shiftedAt,
    recoveredAt,
    flaps,
    impact: measured.impact,
    missingData: missingDataOf(cluster, {
      measured,
      gaps: input.gaps,
      isSkewed,
    }),
    steps: episodeSteps(cluster, {
      cause: messageOf(cause, 'summary')!,
      began,
      shiftedAt: measured.shiftedAt,
      replacements,
      flaps,
      deploy,
    }),
    failures: failures.map(({ resourceId, targetId, from, to }) => ({
      key: `${resourceId}\n${targetId}`,
      from,
      to,
    })),
  };
}

function keysOf(
  { kind, key }: FailureCluster,
  instances: ReadonlySet<string>,
): ReadonlySet<string> {
  if (kind === 'zone') return new Set([key]);
  return kind === 'instance' ? instances : new Set();
}

/** A removed instance handles no requests. If it did, the clocks differ. */
function contradicts(
  { startedAt }: ScalingActivity,
  { lastGoodAt }: Measurement,
): boolean {
  return lastGoodAt !== undefined && Date.parse(startedAt) <= lastGoodAt;
}

function missingDataOf(
  cluster: FailureCluster,
  context: {
    measured: Measurement;
    gaps: DetectionInput['gaps'];
    isSkewed: boolean;
  },
): MissingData[] {
  const { measured, gaps, isSkewed } = context;
  const { failures } = cluster;
  const detectedAt = fromOf(cluster);
  const recoveredAt = toOf(cluster);
  const missing = new Set<MissingData>(measured.missingData);
  const unobserved = (at: number) =>
    gaps.some(gap => gap.from.getTime() <= at && at <= gap.to.getTime());
  if (unobserved(detectedAt)) {
    missing.add('gap-in-observation').add('start-uncertain');
  }
  const first = failures.find(({ from }) => from === detectedAt)!;
  if (first.vanished || first.startUnseen) missing.add('start-uncertain');
  if (recoveredAt !== undefined && unobserved(recoveredAt)) {
    missing.add('gap-in-observation').add('recovery-uncertain');
  }
  if (failures.some(({ endedBy }) => endedBy === 'not-measured')) {
    missing.add('recovery-uncertain');
  }
  if (isSkewed) missing.add('clock-skew');
  return [...missing].sort();
}

/**
 * How often the subject recovered and failed again. Several targets that fail
 * at once do not count as flapping.
 */
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

/** The reason in words, with the deploy that may explain it. */
function explainCause(
  failure: TargetFailure,
  deploy: CodedMessage | undefined,
): PlainReason {
  const { summary, nextStep, ...vendor } = reasonOf(failure);
  const check: CodedMessage = { code: 'check-deploy', values: {} };
  if (!deploy) return { ...wordTexts({ summary, nextStep }), ...vendor };
  return {
    ...wordTexts({
      summary: {
        code: 'cause-with-deploy',
        values: { cause: summary, deploy },
      },
      nextStep: nextStep
        ? { code: 'two-sentences', values: { first: nextStep, second: check } }
        : check,
    }),
    ...vendor,
  };
}

/** Why a target failed, before the reason is put into words. */
function reasonOf(failure: TargetFailure): {
  summary: MessageValue;
  nextStep?: MessageValue;
  code?: string;
  vendorText?: string;
} {
  // A target that is gone has no reason; one that is lost but still listed may.
  if (failure.vanished && !failure.reasonCode) {
    return {
      summary: { code: 'vanished-while-healthy', values: {} },
      nextStep: { code: 'vanished-while-healthy-next', values: {} },
    };
  }
  const reason = explainTarget({ ...failure, state: 'unhealthy' });
  return {
    summary: messageOf(reason, 'summary')!,
    nextStep: messageOf(reason, 'nextStep'),
    code: failure.reasonCode,
    vendorText: failure.reason,
  };
}
