import {
  groupBy,
  countTargetStates,
  errorRateOf,
  judgeService,
  sumTargetCounts,
  type HiddenPart,
  type SevereJudgement,
  type ServiceSeverity,
  type ServiceState,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { listOngoingOf } from '../failover/database/listOngoingOf';
import {
  readCapacityNow,
  type CapacityNowRow,
} from '../fleet/database/readCapacityNow';
import {
  readLostZones,
  type LostZoneRow,
} from '../fleet/database/readLostZones';
import type { FleetFreshness } from '../fleet/FleetFreshness';
import {
  readTargetsNow,
  type TargetsNowRow,
} from '../fleet/database/readTargetsNow';
import { findEntityId } from '../database/entities/findEntityId';
import { countRecentRequestsOf } from '../rollups/database/countRecentRequests';
import {
  countAllNow,
  RECENT_MS,
  type RecentCounts,
  type RecentRequestCounter,
} from '../rollups/recent/RecentRequestCounter';
import { limitOf } from '../fleet/buildScaling';
import { capacityBehind } from '../fleet/healthSeries';
import type { FindingCounter } from '../scans/FindingCounter';

/** A service in one environment, and the parts that the caller may read. */
export interface JudgedScope {
  entityRef: string;
  environment: string;
  parts: ReadonlySet<HiddenPart>;
}

/** The current state of a service. */
export interface JudgedService {
  severity: ServiceSeverity;
  /** Worst first. */
  reasons: SevereJudgement[];
  /** Higher means more urgent. */
  score: number;
  /** The data it was judged by. */
  state: ServiceState;
}

/** Judges services by their current state; the fleet page, the tab and the card all use it. */
export class ServiceJudge {
  readonly #knex: Knex;
  readonly #findings: FindingCounter | undefined;
  readonly #recent: RecentRequestCounter;
  readonly #freshness: FleetFreshness;

  constructor(options: {
    knex: Knex;
    freshness: FleetFreshness;
    findings?: FindingCounter;
    /** By default for one server that stores all entities. */
    recent?: RecentRequestCounter;
  }) {
    this.#knex = options.knex;
    this.#freshness = options.freshness;
    this.#findings = options.findings;
    this.#recent = options.recent ?? countAllNow(options.knex);
  }

  /** Judges one service whose fleet is already loaded. */
  async judgeOne(
    scope: JudgedScope,
    fleet: Pick<ServiceState, 'targetGroups' | 'groupsAtMax'>,
  ): Promise<JudgedService> {
    const key = keyOf(scope);
    const state = await this.#readState([scope], refs => this.#countOne(refs));
    return toJudgedService({ ...fleet, ...state.of(scope, key) });
  }

  /** Judges services, in the same order. */
  async judge(
    scopes: readonly JudgedScope[],
  ): Promise<{ judged: JudgedService[]; asOf: Date }> {
    const knex = this.#knex;
    const fleetRefs = refsWith('fleet', scopes);
    const [state, targets, capacity] = await Promise.all([
      this.#readState(scopes, refs => this.#recent.count(refs)),
      readTargetsNow(knex, fleetRefs),
      readCapacityNow(knex, fleetRefs),
    ]);
    const lost = await readLostZones(knex, {
      resourceIds: [...new Set(targets.map(({ resourceId }) => resourceId))],
      at: new Date(),
    });
    const targetsOf = byScope(targets);
    const capacityOf = byScope(capacity);
    const judged = scopes.map(scope => {
      const key = keyOf(scope);
      const groups = capacityOf.get(key) ?? [];
      const read = groups.filter(
        group =>
          this.#freshness.unreadMs(group, 'capacity') === undefined &&
          this.#freshness.unreadMs(group, 'limits') === undefined,
      );
      return toJudgedService({
        ...state.of(scope, key),
        targetGroups: describeTargets(
          targetsOf.get(key) ?? [],
          groups,
          lost,
          this.#freshness,
        ),
        groupsAtMax: read.length > 0 ? read.flatMap(atMax) : undefined,
      });
    });
    return { judged, asOf: state.asOf };
  }

  /** Reads everything except targets and capacity. */
  async #readState(
    scopes: readonly JudgedScope[],
    countRecent: RecentRequestCounter['count'],
  ) {
    const [recent, failovers, findings] = await Promise.all([
      countRecent(refsWith('requests', scopes)),
      listOngoingOf(this.#knex, refsWith('fleet', scopes)),
      this.#findings?.countOpen(
        refsWith('security', scopes).map(entityRef => ({ entityRef })),
      ),
    ]);
    const recentOf = byScope(recent.rows);
    const failoversOf = byScope(failovers);
    const of = ({ entityRef, parts }: JudgedScope, key: string) => ({
      recent: recentOf.get(key)?.[0],
      recentUnknown: recent.unknown.has(entityRef) || undefined,
      failovers: (failoversOf.get(key) ?? []).map(
        ({ failover }) => failover.summary.subject,
      ),
      openFindings: parts.has('security')
        ? findings?.get(entityRef)
        : undefined,
    });
    return { of, asOf: recent.asOf };
  }

  /** Counts the requests of one entity now: that asks only the server that stores it. */
  async #countOne([entityRef]: readonly string[]): Promise<RecentCounts> {
    const asOf = new Date();
    const entityId =
      entityRef === undefined
        ? undefined
        : await findEntityId(this.#knex, entityRef);
    const since = new Date(asOf.getTime() - RECENT_MS);
    const rows =
      entityId === undefined
        ? []
        : await countRecentRequestsOf(this.#knex, [entityId], since);
    return { rows, unknown: new Set(), asOf };
  }
}

function toJudgedService(state: ServiceState): JudgedService {
  const { severity, reasons } = judgeService(state);
  const base = { critical: 3_000, warning: 2_000, ok: 1_000, 'no-data': 0 };
  const count = (wanted: SevereJudgement['severity']) =>
    reasons.filter(reason => reason.severity === wanted).length;
  const rate = (state.recent && errorRateOf(state.recent)) ?? 0;
  return {
    severity,
    reasons,
    state,
    // Order within a severity: more reasons first, then more failing requests.
    score:
      base[severity] +
      10 * count('critical') +
      count('warning') +
      Math.min(rate, 0.99),
  };
}

function describeTargets(
  rows: readonly TargetsNowRow[],
  groups: readonly CapacityNowRow[],
  lost: readonly LostZoneRow[],
  freshness: FleetFreshness,
): ServiceState['targetGroups'] {
  const instances = groups.flatMap(({ resource_id: id, instanceKeys }) =>
    instanceKeys.map(key => ({ resource_id: id, instance_key: key })),
  );
  return [...groupBy(rows, row => row.resourceId)].map(([resourceId, own]) => {
    const [{ type, name }] = own;
    const keys = own.flatMap(({ instanceKeys }) => instanceKeys);
    const behind = capacityBehind(
      { resource_id: resourceId, type },
      keys.map(key => ({ instance_key: key })),
      instances,
      groups,
    );
    const zones = own
      .filter(({ states }) => states.length > 0)
      .map(({ zone, states }) => ({
        zone,
        counts: countTargetStates(states),
      }));
    return {
      name,
      unreadMs: freshness.unreadMs(own[0], 'targets'),
      counts: sumTargetCounts(zones.map(({ counts }) => counts)),
      desired:
        behind.length > 0
          ? behind.reduce((sum, { desired }) => sum + desired, 0)
          : undefined,
      zones: [
        ...zones,
        ...lost
          .filter(each => each.resourceId === resourceId)
          .map(({ zone, lostAt }) => ({
            zone,
            counts: countTargetStates([]),
            lostAt: lostAt.toISOString(),
          })),
      ],
    };
  });
}

function atMax(row: CapacityNowRow) {
  return limitOf(row) === 'at-max' && row.max !== null
    ? [{ group: row.name, max: row.max }]
    : [];
}

interface Scoped {
  entityRef: string;
  environment: string;
}

function refsWith(part: HiddenPart, scopes: readonly JudgedScope[]) {
  return scopes
    .filter(({ parts }) => parts.has(part))
    .map(({ entityRef }) => entityRef);
}

function keyOf({ entityRef, environment }: Scoped): string {
  return `${entityRef}\n${environment}`;
}

function byScope<T extends Scoped>(rows: readonly T[]): Map<string, T[]> {
  return groupBy(rows, keyOf);
}
