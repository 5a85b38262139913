import { createHash } from 'node:crypto';
import type { DeclaredState } from './declared/DeclaredState.js';
import type { InstanceRemedy } from './remedies/InstanceRemedy.js';
import type { Difference, Guard } from './repairs/types.js';
import type { HealingReport } from './report/types.js';
import type { Trigger } from './Trigger.js';

/** What {@link heal} works with. */
export interface HealOptions {
  readonly trigger: Trigger;
  /** End of a pause, while a deployment changes what is declared; `undefined` without one. */
  readPause(): Promise<Date | undefined>;
  readDeclared(): Promise<DeclaredState>;
  readonly guards: readonly Guard[];
  readonly remedy: InstanceRemedy;
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
    id: idOf(trigger, 'activity'),
    ...activity,
    detectedAt: startedAt ?? now(),
    endedAt: endedAt ?? now(),
    actor: 'Auto Scaling',
  });
}

async function repairAll(options: HealOptions): Promise<unknown[]> {
  const { trigger, guards } = options;
  const chosen = guards.filter(({ kind }) => trigger.kinds.includes(kind));
  if (chosen.length === 0) return [];
  const declared = await options.readDeclared();
  // One kind after the other; a kind that cannot be read does not keep the others from being repaired.
  const errors: unknown[] = [];
  for (const guard of chosen) {
    try {
      for (const difference of await guard.compare(declared)) {
        const error = await repair(options, difference);
        if (error) errors.push(error);
      }
    } catch (error) {
      errors.push(error);
    }
  }
  return errors;
}

async function repair(
  options: HealOptions,
  difference: Difference,
): Promise<unknown> {
  const { resource, action, declared, found } = difference;
  const detectedAt = options.now();
  let error: unknown;
  try {
    await difference.repair();
  } catch (problem) {
    error = problem;
  }
  await options.report({
    id: idOf(options.trigger, resource, declared, found),
    status: error ? 'failed' : 'succeeded',
    action,
    reason: error ? String(error) : 'Not as declared in the repository',
    detectedAt,
    endedAt: options.now(),
    declared,
    found,
    actor: options.trigger.actorFor(resource),
  });
  return error;
}

async function handleAlarms(options: HealOptions): Promise<unknown[]> {
  const { trigger, remedy } = options;
  const errors: unknown[] = [];
  try {
    for (const alarm of trigger.alarms ?? (await remedy.findAlarms())) {
      const error = await handleAlarm(options, alarm);
      if (error) errors.push(error);
    }
  } catch (error) {
    errors.push(error);
  }
  return errors;
}

async function handleAlarm(
  options: HealOptions,
  alarm: string,
): Promise<unknown> {
  const { trigger, remedy, now, log } = options;
  const detectedAt = now();
  try {
    const done = await remedy.handle(alarm, detectedAt);
    if (!done?.action) {
      log(`alarm ${alarm}: ${done?.reason ?? 'not ours'}`);
      return undefined;
    }
    await options.report({
      id: idOf(trigger, alarm),
      status: 'succeeded',
      action: done.action,
      reason: done.reason,
      detectedAt,
      endedAt: now(),
      ...(done.instanceId && { instanceId: done.instanceId }),
      actor: `alarm ${alarm}`,
    });
    return undefined;
  } catch (error) {
    return error;
  }
}

/** The same for a retry of the same event, and different for everything that it finds. */
function idOf(trigger: Trigger, ...parts: string[]): string {
  const hash = createHash('sha256').update(parts.join('\n')).digest('hex');
  return `${trigger.id}:${hash.slice(0, 16)}`;
}
