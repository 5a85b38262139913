import type { Entity } from '@backstage/catalog-model';
import {
  annotatedEnvironments,
  type HiddenPart,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { listKnownEnvironments } from '../environments/database/listKnownEnvironments';
import { SELECT_LINKED_ENVIRONMENTS } from '../fleet/database/selectLinkedEnvironments';
import { SELECT_REQUEST_ENVIRONMENTS } from '../requests/database/selectRequestEnvironments';
import { SELECT_TOKEN_ENVIRONMENTS } from '../tokens/database/selectTokenEnvironments';
import { readUrgency } from './database/readUrgency';
import { ownersOf, systemsOf } from './entityRelations';
import type { FindVisible, FleetPageQuery } from './FleetPageService';
import type { RecentRequestCounter } from '../rollups/recent/RecentRequestCounter';

const CHUNK_SIZE = 500;

/** A service that may appear on the fleet page, with the environment by which it is judged. */
export interface Candidate {
  entityRef: string;
  entity: Entity;
  environments: string[];
  environment: string;
  parts: ReadonlySet<HiddenPart>;
  hidden: HiddenPart[];
}

/** The services to rank, and the filter options. */
export interface Candidates {
  /** All services that the caller may see, regardless of filters. */
  visible: Candidate[];
  /** The services that match the filters. */
  wanted: Candidate[];
  /** Whether more services match than can be ranked. */
  truncated: boolean;
}

type Known = Map<string, Set<string>>;

/**
 * Finds services with data or a fleet, of which the caller may read at least
 * one part.
 *
 * If more match than can be ranked, it keeps those that seem most urgent.
 */
export class CandidateFinder {
  readonly #knex: Knex;
  readonly #recent: RecentRequestCounter;
  readonly #maxServices: number;

  constructor(options: {
    knex: Knex;
    recent: RecentRequestCounter;
    maxServices: number;
  }) {
    this.#knex = options.knex;
    this.#recent = options.recent;
    this.#maxServices = options.maxServices;
  }

  async find(
    query: FleetPageQuery,
    findVisible: FindVisible,
  ): Promise<Candidates> {
    const known = await this.#listKnown();
    const entityRefs = await this.#inOrder(known);
    const visible: Candidate[] = [];
    const wanted: Candidate[] = [];
    // One more than the limit shows that there are more.
    for (
      let i = 0;
      i < entityRefs.length && wanted.length <= this.#maxServices;
      i += CHUNK_SIZE
    ) {
      const chunk = entityRefs.slice(i, i + CHUNK_SIZE);
      const found = toCandidates(chunk, await findVisible(chunk), known);
      visible.push(...found);
      wanted.push(...found.flatMap(each => applyFilters(each, query)));
    }
    return {
      visible,
      wanted: wanted.slice(0, this.#maxServices),
      truncated: wanted.length > this.#maxServices,
    };
  }

  /** Entities and the environments for which they have data. */
  async #listKnown(): Promise<Known> {
    const known: Known = new Map();
    const found = await listKnownEnvironments(this.#knex, [
      SELECT_REQUEST_ENVIRONMENTS,
      SELECT_TOKEN_ENVIRONMENTS,
      SELECT_LINKED_ENVIRONMENTS,
    ]);
    for (const { entityRef, environment } of found) {
      const environments = known.get(entityRef) ?? new Set();
      known.set(entityRef, environments.add(environment));
    }
    return known;
  }

  /** Sorted by urgency if not all can be ranked; otherwise the order does not matter. */
  async #inOrder(known: Known): Promise<string[]> {
    const entityRefs = [...known.keys()].sort();
    if (entityRefs.length <= this.#maxServices) return entityRefs;
    const { rows } = await this.#recent.count(entityRefs);
    const urgency = await readUrgency(this.#knex, rows);
    const of = (entityRef: string) => urgency.get(entityRef) ?? 0;
    return entityRefs.sort((a, b) => of(b) - of(a));
  }
}

function toCandidates(
  entityRefs: readonly string[],
  visible: Awaited<ReturnType<FindVisible>>,
  known: Known,
): Candidate[] {
  return entityRefs.flatMap((entityRef, i) => {
    const found = visible[i];
    if (!found) return [];
    const { entity } = found;
    const withData = known.get(entityRef)!;
    const named = annotatedEnvironments(entity.metadata.annotations);
    const environments = [...new Set([...named, ...[...withData].sort()])];
    return {
      ...found,
      entityRef,
      environments,
      environment:
        environments.find(name => withData.has(name)) ?? environments[0],
    };
  });
}

/** The candidate in the requested environment; `undefined` if the filters exclude it. */
function applyFilters(
  candidate: Candidate,
  { environment, owner, system, query }: FleetPageQuery,
): Candidate[] {
  const { entity, environments } = candidate;
  const text = `${entity.metadata.name} ${entity.metadata.title ?? ''}`;
  const lower = (value: string) => value.toLocaleLowerCase('en-US');
  const matches =
    (!environment || environments.includes(environment)) &&
    (!owner || ownersOf(entity).includes(lower(owner))) &&
    (!system || systemsOf(entity).includes(lower(system))) &&
    (!query || lower(text).includes(lower(query)));
  return matches
    ? [{ ...candidate, environment: environment ?? candidate.environment }]
    : [];
}
