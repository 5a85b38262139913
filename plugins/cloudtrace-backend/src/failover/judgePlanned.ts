import type {
  CodedMessage,
  ScalingActivity,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { TargetFailure } from './findTargetFailures';
import { isExchange } from './scalingCauses';
import type { Deploy, DetectionInput, Episode } from './types';

/** Whether an episode was planned, and the deploy that may explain it. */
export interface Judgement {
  planned: Episode['planned'];
  /** The deploy that ran at the time or ended shortly before; absent for planned episodes. */
  deploy?: Deploy;
}

/** A deploy without a reported end counts as finished after this time. */
const MAX_DEPLOY_MS = 60 * 60_000;
/** How long after its end a deploy is still named. */
const AFTERMATH_MS = 30 * 60_000;
/** How far the start of an activity and the failure that it explains may be apart. */
const MAX_EXCHANGE_DISTANCE_MS = 5 * 60_000;

/**
 * Planned means that a running deploy replaced instances that served before it
 * began. Unplanned are failures of newly deployed instances, failures after the
 * deploy ended, the loss of all targets, and everything during a deploy that
 * failed or was rolled back.
 */
export function judgePlanned(
  episode: {
    kind: string;
    startedAt: number;
    failures: readonly TargetFailure[];
  },
  { deploys, activities }: Pick<DetectionInput, 'deploys' | 'activities'>,
): Judgement {
  const { kind, startedAt, failures } = episode;
  const exchanged = failures.every(failure =>
    activities.some(activity => exchanges(activity, failure)),
  );
  if (exchanged) return { planned: 'yes' };
  const recent = deploys
    .filter(
      deploy =>
        deploy.at.getTime() <= startedAt &&
        startedAt <= endOf(deploy) + AFTERMATH_MS,
    )
    .sort((a, b) => b.at.getTime() - a.at.getTime());
  const replaces = recent.some(
    deploy =>
      startedAt <= endOf(deploy) &&
      !hasFailed(deploy) &&
      failures.every(
        ({ firstServedAt }) => firstServedAt < deploy.at.getTime(),
      ),
  );
  if (replaces && kind !== 'all-targets') return { planned: 'yes' };
  return {
    planned: failures[0].vanished && recent.length === 0 ? 'unknown' : 'no',
    deploy: recent[0],
  };
}

/**
 * Whether an activity replaced the target. One that names no instances, such as
 * a rollout, explains a target that disappeared, but not one that fails its
 * checks: that may be what is wrong with the new version.
 */
function exchanges(
  activity: ScalingActivity,
  { from, instanceId, targetId, vanished }: TargetFailure,
): boolean {
  const distanceMs = Math.abs(Date.parse(activity.startedAt) - from);
  if (!isExchange(activity) || activity.status === 'failed') return false;
  if (distanceMs > MAX_EXCHANGE_DISTANCE_MS) return false;
  return activity.instanceIds?.length
    ? activity.instanceIds.includes(instanceId ?? targetId)
    : vanished;
}

/** Says when a deploy ran, relative to a time. */
export function describeDeploy(deploy: Deploy, at: number): CodedMessage {
  const { version, status } = deploy;
  const named = version ? { version } : undefined;
  if (at <= endOf(deploy)) {
    return named
      ? { code: 'during-deploy', values: named }
      : { code: 'during-some-deploy', values: {} };
  }
  const kind = hasFailed(deploy)
    ? (`${status as 'failed' | 'rolled-back'}-deploy` as const)
    : 'deploy';
  return {
    code: named ? `after-${kind}` : `after-some-${kind}`,
    values: { durationMs: at - endOf(deploy), ...named },
  };
}

/** When a deploy finished. A deploy reported without an end was reported when it finished. */
function endOf({ at, endedAt, status }: Deploy): number {
  if (endedAt) return endedAt.getTime();
  return status === 'started' ? at.getTime() + MAX_DEPLOY_MS : at.getTime();
}

function hasFailed({ status }: Deploy): boolean {
  return status === 'failed' || status === 'rolled-back';
}
