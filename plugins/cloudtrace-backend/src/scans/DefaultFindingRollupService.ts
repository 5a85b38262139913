import type {
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  cloudtraceSecurityReadPermission,
  groupBy,
  type FindingRollupGroup,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { askEachServer } from '../database/distribution/askEachServer';
import type { ServerWork } from '../database/distribution/onEachServer';
import type { EntityServers } from '../database/distribution/ServerPools';
import { isOutage } from '../database/isOutage';
import { countCve } from './database/countCve';
import { expireTriage, listExpired } from './database/expireTriage';
import { listCounts, type EntityCounts } from './database/listCounts';
import type { CallOptions } from '../http/types';
import type { FindingRollupService } from './ScanService';
import { severities } from './importers/severity';
import { toSeverityCounts } from './toApi';

const CHUNK_SIZE = 500;

/**
 * Sums up findings across entities, worst first. Reads the catalog with the
 * caller's credentials and checks the permission on every entity: entities that
 * the caller may not see are not counted.
 */
export class DefaultFindingRollupService implements FindingRollupService {
  readonly #knex: Knex;
  readonly #catalog: CatalogService;
  readonly #permissions: PermissionsService;
  readonly #work: ServerWork;

  constructor(options: {
    knex: Knex;
    /** Where entities are stored; with a limit for the time of a statement. */
    servers: EntityServers;
    logger: Pick<LoggerService, 'warn'>;
    catalog: CatalogService;
    permissions: PermissionsService;
  }) {
    this.#knex = options.knex;
    this.#work = options;
    this.#catalog = options.catalog;
    this.#permissions = options.permissions;
  }

  async list(
    query: Parameters<FindingRollupService['list']>[0],
    options: CallOptions,
  ) {
    await this.#expire();
    const { counts, unknown } = await this.#count(query.cve);
    const matching = await this.#members(counts, query, options);
    const members = matching.flatMap(member =>
      keysOf(member, query.groupBy).map(key => ({ ...member, key })),
    );
    const unknownEntities = await this.#members(unknown, query, options);
    const groups = [...groupBy(members, ({ key }) => key)].map(([key, own]) =>
      toGroup(key, own, query.groupBy),
    );
    const sorted = groups.sort(
      (a, b) => worst(b, a) || (a.key < b.key ? -1 : 1),
    );
    const start = readStart(query.cursor, sorted);
    const items = sorted.slice(start, start + query.limit);
    return {
      items,
      nextCursor:
        start + items.length < sorted.length && items.length > 0
          ? encodeKey(items[items.length - 1].key)
          : undefined,
      ...(unknownEntities.length > 0 && {
        unknownEntities: unknownEntities.length,
      }),
    };
  }

  /** Skips servers that do not respond; the counts of their entities stay until they are back. */
  async #expire(): Promise<void> {
    const { servers } = this.#work;
    const silent = new Set<number>();
    for (const entityId of await listExpired(this.#knex)) {
      const server = servers.serverOf(entityId);
      if (silent.has(server)) continue;
      try {
        await expireTriage(servers.poolOf(server), entityId);
      } catch (error) {
        if (!isOutage(error as Error)) throw error;
        silent.add(server);
      }
    }
  }

  /** Counts of all entities, or of those with a CVE, and entities whose server does not respond. */
  async #count(
    cve: string | undefined,
  ): Promise<{ counts: EntityCounts[]; unknown: EntityCounts[] }> {
    const all = await listCounts(this.#knex);
    if (!cve) return { counts: all, unknown: [] };
    const { answers, silent } = await askEachServer(
      this.#work,
      'search for a CVE',
      ({ knex, entityIds }) => countCve(knex, cve, entityIds),
    );
    const found = new Map(answers.flatMap(answer => [...answer]));
    const notAsked = new Set(silent.flatMap(({ entityIds = [] }) => entityIds));
    return {
      counts: all.flatMap(row => {
        const counts = found.get(row.entity_id);
        return counts ? [{ ...row, ...counts }] : [];
      }),
      unknown: all.filter(row => notAsked.has(row.entity_id)),
    };
  }

  async #members(
    counts: EntityCounts[],
    { owner, system }: { owner?: string; system?: string },
    options: CallOptions,
  ): Promise<Member[]> {
    const visible = await this.#visible(counts, options);
    return visible
      .map(({ entity, count }) => toMember(entity, count))
      .filter(({ owners }) => !owner || owners.includes(owner))
      .filter(({ systems }) => !system || systems.includes(system));
  }

  async #visible(
    counts: EntityCounts[],
    { credentials }: CallOptions,
  ): Promise<Array<{ entity: Entity; count: EntityCounts }>> {
    const visible: Array<{ entity: Entity; count: EntityCounts }> = [];
    for (let i = 0; i < counts.length; i += CHUNK_SIZE) {
      const chunk = counts.slice(i, i + CHUNK_SIZE);
      const entityRefs = chunk.map(({ entity_ref: ref }) => ref);
      const [{ items }, decisions] = await Promise.all([
        this.#catalog.getEntitiesByRefs(
          {
            entityRefs,
            fields: [
              'kind',
              'metadata',
              'relations',
              'spec.system',
              'spec.owner',
            ],
          },
          { credentials },
        ),
        this.#permissions.authorize(
          entityRefs.map(resourceRef => ({
            permission: cloudtraceSecurityReadPermission,
            resourceRef,
          })),
          { credentials },
        ),
      ]);
      items.forEach((entity, j) => {
        if (entity && decisions[j]?.result === AuthorizeResult.ALLOW) {
          visible.push({ entity, count: chunk[j] });
        }
      });
    }
    return visible;
  }
}

function targets(entity: Entity, type: string): string[] {
  return (entity.relations ?? [])
    .filter(relation => relation.type === type)
    .map(({ targetRef }) => targetRef);
}

function systemsOf(entity: Entity): string[] {
  return targets(entity, RELATION_PART_OF).filter(ref =>
    ref.startsWith('system:'),
  );
}

/** An entity with its counts and the groups that it may belong to. */
interface Member {
  entity: Entity;
  count: EntityCounts;
  owners: string[];
  systems: string[];
}

type GroupBy = Parameters<FindingRollupService['list']>[0]['groupBy'];

function toMember(entity: Entity, count: EntityCounts): Member {
  const owners = targets(entity, RELATION_OWNED_BY);
  return { entity, count, owners, systems: systemsOf(entity) };
}

function keysOf({ entity, owners, systems }: Member, by: GroupBy): string[] {
  if (by === 'entity') return [stringifyEntityRef(entity)];
  const keys = by === 'owner' ? owners : systems;
  return keys.length > 0 ? keys : [''];
}

function toGroup(
  key: string,
  members: readonly Member[],
  by: GroupBy,
): FindingRollupGroup {
  const open = toSeverityCounts(undefined);
  for (const { count } of members) {
    for (const severity of severities) open[severity] += count[severity];
  }
  const scannedAt = members.flatMap(
    ({ count }) => count.last_scan_at?.toISOString() ?? [],
  );
  const { title, name } = members[0].entity.metadata;
  return {
    key,
    title: by === 'entity' ? title ?? name : titleOf(key),
    entities: members.length,
    open,
    lastScanAt: scannedAt.sort().at(-1),
  };
}

/** The name of an entity ref. */
function titleOf(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}

/** Sorts by the worst severity, then by its count. */
function worst(a: FindingRollupGroup, b: FindingRollupGroup): number {
  for (const severity of [...severities].reverse()) {
    const difference = a.open[severity] - b.open[severity];
    if (difference !== 0) return difference;
  }
  return 0;
}

const encodeKey = (key: string) => Buffer.from(`k${key}`).toString('base64url');

function readStart(
  cursor: string | undefined,
  groups: readonly FindingRollupGroup[],
): number {
  if (cursor === undefined) return 0;
  const index = groups.findIndex(({ key }) => encodeKey(key) === cursor);
  if (index < 0) {
    throw new InputError(
      `The query parameter 'cursor' is invalid, or its group no longer exists; start again without it`,
    );
  }
  return index + 1;
}
