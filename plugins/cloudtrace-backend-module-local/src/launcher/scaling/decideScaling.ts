import type {
  ScalingDecision,
  ScalingObservation,
  ScalingSettings,
  TargetTrackingPolicy,
} from './types';

const DEFAULT_TOLERANCE = 0.05;
/** Removes capacity only if the remaining instances would stay below this share of the target. */
const SCALE_IN_MARGIN = 0.85;

/** The capacity that one policy needs. */
interface Wish {
  policy: TargetTrackingPolicy;
  value: number;
  forScaleOut: number;
  forScaleIn: number;
}

function wishes(
  settings: ScalingSettings,
  observation: ScalingObservation,
): Wish[] {
  return settings.policies.flatMap(policy => {
    const value = observation.values[policy.name];
    if (value === undefined || observation.inService === 0) return [];
    const total = value * observation.inService;
    const { tolerance = DEFAULT_TOLERANCE } = policy;
    const above = value > policy.target * (1 + tolerance);
    return [
      {
        policy,
        value,
        forScaleOut: above ? Math.ceil(total / policy.target) : 0,
        forScaleIn: Math.ceil(total / (policy.target * SCALE_IN_MARGIN)),
      },
    ];
  });
}

/**
 * Whether every policy has data and needs fewer instances. The caller remembers
 * since when.
 */
export function couldScaleIn(
  settings: ScalingSettings,
  observation: ScalingObservation,
): boolean {
  const all = wishes(settings, observation);
  return (
    all.length === settings.policies.length &&
    all.length > 0 &&
    observation.desired > settings.min &&
    // While instances start or stop, the averages do not show the load on the
    // remaining ones.
    observation.inService >= observation.desired &&
    all.every(
      wish => !wish.forScaleOut && wish.forScaleIn < observation.desired,
    )
  );
}

/**
 * Decides the desired capacity like target tracking: scales out at once if any
 * policy needs it, by as much as it needs; scales in if all policies agree, one
 * instance at a time and only after the metrics have been low for a while.
 *
 * @returns undefined if nothing changes.
 */
export function decideScaling(
  settings: ScalingSettings,
  observation: ScalingObservation,
): ScalingDecision | undefined {
  return (
    decideScaleOut(settings, observation) ??
    decideScaleIn(settings, observation)
  );
}

function decideScaleOut(
  settings: ScalingSettings,
  observation: ScalingObservation,
): ScalingDecision | undefined {
  const { desired, nowMs, lastScaleOutAtMs } = observation;
  if (within(lastScaleOutAtMs, settings.scaleOutCooldownMs, nowMs)) {
    return undefined;
  }
  const wish = wishes(settings, observation)
    .filter(({ forScaleOut }) => forScaleOut > desired)
    .sort((a, b) => b.forScaleOut - a.forScaleOut)[0];
  if (!wish || desired >= settings.max) return undefined;
  return toDecision(wish, '>', {
    desired: Math.min(settings.max, wish.forScaleOut),
    limited: wish.forScaleOut > settings.max,
  });
}

function decideScaleIn(
  settings: ScalingSettings,
  observation: ScalingObservation,
): ScalingDecision | undefined {
  const { desired, nowMs, lastScaleInAtMs, lastScaleOutAtMs, lowSinceMs } =
    observation;
  if (
    lowSinceMs === undefined ||
    nowMs - lowSinceMs < settings.scaleInAfterMs ||
    within(lastScaleInAtMs, settings.scaleInCooldownMs, nowMs) ||
    within(lastScaleOutAtMs, settings.scaleInCooldownMs, nowMs) ||
    !couldScaleIn(settings, observation)
  ) {
    return undefined;
  }
  // The policy that needs the most instances allows the step.
  const wish = wishes(settings, observation).sort(
    (a, b) => b.forScaleIn - a.forScaleIn,
  )[0];
  return toDecision(wish, '<', {
    desired: Math.max(settings.min, desired - 1),
    limited: false,
  });
}

function within(atMs: number | undefined, spanMs: number, nowMs: number) {
  return atMs !== undefined && nowMs - atMs < spanMs;
}

function toDecision(
  { policy, value }: Wish,
  comparison: '>' | '<',
  change: { desired: number; limited: boolean },
): ScalingDecision {
  const threshold =
    comparison === '>' ? policy.target : policy.target * SCALE_IN_MARGIN;
  const shown = Math.round(value * 10) / 10;
  const unit = policy.unit.startsWith('{') ? '' : policy.unit;
  const figure = `${policy.metricName} ${shown}${unit}${
    unit ? ' per instance' : ''
  }`;
  return {
    ...change,
    cause:
      comparison === '>'
        ? `${figure} > ${threshold}${unit} target`
        : `${figure} is low enough for one fewer instance (target ${policy.target}${unit})`,
    policyName: policy.name,
    metricValue: shown,
    threshold,
    comparison,
    unit: policy.unit,
  };
}
