import type { DeclaredState } from './declared/DeclaredState.js';
import { handleAlarms } from './handleAlarms.js';
import type { InstanceRemedy } from './remedies/InstanceRemedy.js';
import { repairAll } from './repairAll.js';
import type { Guard } from './repairs/types.js';
import type { OpenProblems } from './report/OpenProblems.js';
import type { HealingReport } from './report/types.js';
import { reportId } from './reportId.js';
import type { Trigger } from './Trigger.js';

/** What {@link heal} works with. */
export interface HealOptions {
  readonly trigger: Trigger;
  /** End of a pause, while a deployment changes what is declared; `undefined` without one. */
  readPause(): Promise<Date | undefined>;
  readDeclared(): Promise<DeclaredState>;
  readonly guards: readonly Guard[];
  readonly remedy: InstanceRemedy;
  /** What was reported as failed and still exists. */
  readonly problems: OpenProblems;
  /** Delivers a report; must not throw. */
  report(report: HealingReport): Promise<void>;
  log(message: string): void;
  now(): Date;
}

/**
 * Restores what is not as declared, handles alarms, and reports every step.
 *
 * @throws AggregateError if anything could not be read or repaired, after everything else was tried: Lambda then retries.
 */
export async function heal(options: HealOptions): Promise<void> {
  await reportActivity(options);
  const pausedUntil = await options.readPause();
  if (pausedUntil && pausedUntil > options.now()) {
    options.log(
      `paused until ${pausedUntil.toISOString()}: nothing is changed`,
    );
    return;
  }
  const errors = [
    ...(await repairAll(options)),
    ...(await handleAlarms(options)),
  ];
  await options.problems.save();
  if (errors.length > 0) {
    throw new AggregateError(errors, errors.map(String).join('; '));
  }
}

/** Also during a pause: it changes nothing. */
async function reportActivity(options: HealOptions): Promise<void> {
  const { trigger, now } = options;
  if (!trigger.activity) return;
  const { startedAt, endedAt, ...activity } = trigger.activity;
  await options.report({
    id: reportId(trigger, 'activity'),
    ...activity,
    detectedAt: startedAt ?? now(),
    endedAt: endedAt ?? now(),
    actor: 'Auto Scaling',
  });
}
