import { arrayBinding } from '../../database/arrayBinding';
import type { FleetProblem } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { toStorable } from '../../database/toStorable';

/**
 * Replaces the problems of one stage of a provider: those of the given
 * resources, or all of them without `resourceIds`.
 */
export async function replaceProblems(
  knex: Knex,
  options: {
    provider: string;
    stage: 'locate' | 'collect';
    resourceIds?: readonly number[];
    problems: ReadonlyArray<FleetProblem & { storedResourceId?: number }>;
  },
): Promise<void> {
  const { provider, stage, resourceIds } = options;
  const problems = toStorable(options.problems).slice(0, 1_000);
  await knex.transaction(async tx => {
    await tx.raw(
      `DELETE FROM fleet_problems WHERE provider = ? AND stage = ?
          AND (?::int4[] IS NULL OR resource_id = ANY(?::int4[]))`,
      [
        provider,
        stage,
        resourceIds ? [...resourceIds] : null,
        resourceIds ? [...resourceIds] : null,
      ],
    );
    if (problems.length === 0) return;
    await tx.raw(
      `INSERT INTO fleet_problems
         (provider, stage, entity_ref, environment, resource_id, account, code, message, next_step, missing_permission, coded)
       SELECT ?::text, ?::text, * FROM unnest(?::text[], ?::text[], ?::int4[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::jsonb[])`,
      [
        provider,
        stage,
        arrayBinding(problems.map(p => p.scope?.entityRef ?? null)),
        arrayBinding(problems.map(p => p.scope?.environment ?? null)),
        arrayBinding(problems.map(p => p.storedResourceId ?? null)),
        arrayBinding(problems.map(p => p.account ?? null)),
        arrayBinding(problems.map(p => p.code)),
        arrayBinding(problems.map(p => p.message)),
        arrayBinding(problems.map(p => p.nextStep ?? null)),
        arrayBinding(problems.map(p => p.missingPermission ?? null)),
        arrayBinding(
          problems.map(p => (p.coded ? JSON.stringify(p.coded) : null)),
        ),
      ],
    );
  });
}
