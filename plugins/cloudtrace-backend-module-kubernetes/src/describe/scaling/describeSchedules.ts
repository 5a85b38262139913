import type { ScheduledAction } from '@cloudtrace/plugin-cloudtrace-common';
import type { WorkloadObjects } from '../../objects/types';
import { fieldAt, listAt, shortenText, textAt } from '../fields';
import { parseQuantity } from '../metrics/parseQuantity';

/**
 * Triggers of type cron of KEDA (keda.sh/docs, scalers/cron). Without KEDA
 * there are none; absent if ScaledObjects cannot be read.
 */
export function describeSchedules({
  scaledObject,
  freshAt,
}: WorkloadObjects): ScheduledAction[] | undefined {
  if (!scaledObject) return freshAt.scaledobjects && [];
  return listAt(scaledObject, 'spec', 'triggers')
    .filter(trigger => textAt(trigger, 'type') === 'cron')
    .map(toSchedule);
}

function toSchedule(trigger: unknown, index: number): ScheduledAction {
  const of = (name: string) => {
    const text = textAt(trigger, 'metadata', name);
    return text && shortenText(text);
  };
  return {
    name: shortenText(textAt(trigger, 'name') ?? `cron ${index + 1}`),
    recurrence:
      [of('start'), of('end')].filter(Boolean).join(' – ') || undefined,
    timeZone: of('timezone'),
    desired: parseQuantity(fieldAt(trigger, 'metadata', 'desiredReplicas')),
  };
}
