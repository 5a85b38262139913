import type { ScalingActivity } from '@cloudtrace/plugin-cloudtrace-common';
import type { RegionMemory } from '../region/RegionMemory';
import type { AlarmBreach } from '../region/KnownAlarm';

/** An alarm acts within seconds; the rest allows for clock differences. */
const CLOCK_TOLERANCE_MS = 30_000;
/** A firing alarm acts again after each cooldown. */
const MAX_AGE_MS = 60 * 60_000;

/**
 * Adds the metric's value and the threshold to activities that an alarm caused,
 * from the last breach before the activity began.
 */
export function explainActivities(
  activities: ScalingActivity[],
  { alarms, breaches }: Pick<RegionMemory, 'alarms' | 'breaches'>,
): ScalingActivity[] {
  return activities.map(activity => {
    const alarm = alarms.get(activity.alarmName ?? '');
    if (!alarm) return activity;
    const current =
      alarm.state === 'alarm' && alarm.breach ? [alarm.breach] : [];
    const breach = lastBefore(activity.startedAt, [
      ...current,
      ...(breaches.get(alarm.name) ?? []),
    ]);
    return {
      ...activity,
      comparison: alarm.sign,
      threshold: breach?.threshold ?? alarm.threshold,
      metricValue: breach?.metricValue,
      unit: alarm.unit ?? breach?.unit,
    };
  });
}

function lastBefore(
  startedAt: string,
  breaches: AlarmBreach[],
): AlarmBreach | undefined {
  const start = Date.parse(startedAt);
  let last: AlarmBreach | undefined;
  for (const breach of breaches) {
    const ageMs = start - Date.parse(breach.at);
    const fits = ageMs >= -CLOCK_TOLERANCE_MS && ageMs <= MAX_AGE_MS;
    if (fits && (!last || breach.at > last.at)) last = breach;
  }
  return last;
}
