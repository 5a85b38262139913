import type { DeclaredState } from './declared/DeclaredState.js';
import type { HealOptions } from './heal.js';
import type { Difference, Guard } from './repairs/types.js';
import { reportId } from './reportId.js';

/**
 * Restores what is not as declared, one kind of resource after the other.
 *
 * @returns the errors of what could not be read or repaired, which a retry may solve
 */
export async function repairAll(options: HealOptions): Promise<unknown[]> {
  const { trigger, guards } = options;
  const chosen = guards.filter(({ kind }) => trigger.kinds.includes(kind));
  if (chosen.length === 0) return [];
  const declared = await options.readDeclared();
  const errors: unknown[] = [];
  for (const guard of chosen) {
    try {
      errors.push(...(await repairKind(options, guard, declared)));
    } catch (error) {
      // A kind that cannot be read does not keep the others from being repaired.
      errors.push(error);
    }
  }
  return errors;
}

async function repairKind(
  options: HealOptions,
  guard: Guard,
  declared: DeclaredState,
): Promise<unknown[]> {
  const failures: Failure[] = [];
  for (const difference of await guard.compare(declared)) {
    const failure = await repair(options, guard, difference);
    if (failure) failures.push(failure);
  }
  await options.problems.keepOnly(
    guard.kind,
    failures.map(({ problem }) => problem),
  );
  return failures.flatMap(({ error }) => error ?? []);
}

/** A difference that was not restored. */
interface Failure {
  /** The same in every check. */
  readonly problem: string;
  readonly reason: string;
  /** Why the attempt failed; `undefined` if none can succeed. */
  readonly error?: unknown;
}

/** A failure is reported once, a repair each time. */
async function repair(
  options: HealOptions,
  guard: Guard,
  difference: Difference,
): Promise<Failure | undefined> {
  const { trigger, problems, now, log } = options;
  const { resource, action, declared, found } = difference;
  const detectedAt = now();
  const failure = await attempt(difference);
  if (failure && !(await problems.add(guard.kind, failure.problem))) {
    log(`was reported before: could not ${action}: ${failure.reason}`);
    return failure;
  }
  await options.report({
    id: reportId(trigger, resource, declared, found),
    status: failure ? 'failed' : 'succeeded',
    action,
    reason: failure?.reason ?? 'Not as declared in the repository',
    detectedAt,
    endedAt: now(),
    declared,
    found,
    actor: trigger.actorFor(resource),
  });
  return failure;
}

async function attempt(difference: Difference): Promise<Failure | undefined> {
  const { resource, declared, found } = difference;
  const problem = [resource, declared, found].join('\n');
  if (!difference.repair) {
    return { problem, reason: 'Only a deployment creates it again' };
  }
  try {
    await difference.repair();
    return undefined;
  } catch (error) {
    return { problem, reason: String(error), error };
  }
}
