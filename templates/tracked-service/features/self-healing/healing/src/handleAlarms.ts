import type { HealOptions } from './heal.js';
import { reportId } from './reportId.js';

/** Problems of alarms, in {@link HealOptions.problems}. */
const SCOPE = 'alarm';

/**
 * Replaces the instances behind alarms.
 *
 * @returns the errors of alarms that could not be handled, which a retry may solve
 */
export async function handleAlarms(options: HealOptions): Promise<unknown[]> {
  const errors: unknown[] = [];
  try {
    const alarms = options.trigger.alarms ?? (await findAlarms(options));
    for (const alarm of alarms) {
      try {
        await handleAlarm(options, alarm);
      } catch (error) {
        errors.push(error);
      }
    }
  } catch (error) {
    errors.push(error);
  }
  return errors;
}

async function findAlarms({
  remedy,
  problems,
}: HealOptions): Promise<string[]> {
  const alarms = await remedy.findAlarms();
  await problems.keepOnly(SCOPE, alarms);
  return alarms;
}

async function handleAlarm(options: HealOptions, alarm: string): Promise<void> {
  const { trigger, remedy, problems, now, log } = options;
  const detectedAt = now();
  const done = await remedy.handle(alarm, detectedAt);
  const isKnown =
    done?.step?.status === 'failed' && !(await problems.add(SCOPE, alarm));
  if (!done?.step || isKnown) {
    log(`alarm ${alarm}: ${done?.reason ?? 'not ours'}`);
    return;
  }
  await options.report({
    id: reportId(trigger, alarm),
    ...done.step,
    reason: done.reason,
    detectedAt,
    endedAt: now(),
    actor: `alarm ${alarm}`,
  });
}
