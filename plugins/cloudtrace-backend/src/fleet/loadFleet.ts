import {
  groupBy,
  type FleetAvailability,
  type FleetNotice,
  type ResourceSummary,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { listLinkedResources } from './database/listLinkedResources';
import { listProblems } from './database/listProblems';
import type { DbFleetProblemRow, DbLinkedResourceRow } from './database/rows';
import type { FleetFreshness } from './FleetFreshness';

/** The resources of an environment of an entity, and their problems. */
export interface LoadedFleet {
  resources: DbLinkedResourceRow[];
  notices: FleetNotice[];
  /** Whether there is anything to show. */
  availability: FleetAvailability;
}

/** Loads the data that every fleet view needs. */
export async function loadFleet(
  knex: Knex,
  scope: { entityRef: string; environment: string },
  providers: number,
): Promise<LoadedFleet> {
  const [resources, problems] = await Promise.all([
    listLinkedResources(knex, scope),
    listProblems(knex, scope),
  ]);
  return {
    resources,
    notices: withoutRepeats(
      problems.map(problem => toNotice(problem, resources)),
    ),
    availability:
      (providers === 0 && resources.length === 0 && 'no-provider') ||
      (resources.length === 0 && 'not-linked') ||
      (resources.some(r => r.observed_at) ? 'data' : 'empty'),
  };
}

/** A provider that cannot be read says the same of each of its resources. */
function withoutRepeats(notices: readonly FleetNotice[]): FleetNotice[] {
  const byText = groupBy(notices, ({ code, message, nextStep }) =>
    JSON.stringify([code, message, nextStep]),
  );
  return [...byText.values()].map(same =>
    same.length === 1 ? same[0] : { ...same[0], resourceId: undefined },
  );
}

/** A resource as the API returns it. */
export function toResourceSummary(
  row: DbLinkedResourceRow,
  freshness: FleetFreshness,
): ResourceSummary {
  const parts = freshness.partsOf(row);
  return {
    id: row.external_id,
    provider: row.provider,
    type: row.type,
    name: row.name,
    account: row.account ?? undefined,
    region: row.region ?? undefined,
    consoleUrl: row.console_url ?? undefined,
    asOf: row.observed_at?.toISOString(),
    stale: parts.some(({ stale }) => stale) || undefined,
    parts,
  };
}

function toNotice(
  row: DbFleetProblemRow,
  resources: DbLinkedResourceRow[],
): FleetNotice {
  return {
    code: row.code,
    message: row.message,
    nextStep: row.next_step ?? undefined,
    missingPermission: row.missing_permission ?? undefined,
    coded: row.coded ?? undefined,
    resourceId: resources.find(r => r.resource_id === row.resource_id)
      ?.external_id,
    at: row.at.toISOString(),
  };
}
