import type { Entity } from '@backstage/catalog-model';
import {
  annotatedEnvironments,
  type HiddenPart,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { listKnownEnvironments } from '../database/entities/listKnownEnvironments';
import { listAllLinks } from '../fleet/database/listAllLinks';
import { readUrgency } from './database/readUrgency';
import { ownersOf, systemsOf } from './entityRelations';
import type { FindVisible, FleetPageQuery } from './FleetPageService';
import { RECENT_MS } from './ServiceJudge';

const CHUNK_SIZE = 500;

/** A service that may be on the fleet page, in the environment in which it is judged. */
export interface Candidate {
  entityRef: string;
  entity: Entity;
  environments: string[];
  environment: string;
  parts: ReadonlySet<HiddenPart>;
  hidden: HiddenPart[];
}

/** The services that are ranked, and what the filters can offer. */
export interface Candidates {
  /** Everything that the caller may see, whatever the filters. */
  visible: Candidate[];
  /** What the filters left. */
  wanted: Candidate[];
  /** Whether more services match than are ranked. */
  truncated: boolean;
}

type Known = Map<string, Set<string>>;

/**
 * Finds the services with data or a fleet of which the caller may read any part.
 *
 * If more match than can be ranked, those that look most urgent are kept.
 */
export class CandidateFinder {
  readonly #knex: Knex;
  readonly #maxServices: number;

  constructor(options: { knex: Knex; maxServices: number }) {
    this.#knex = options.knex;
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
    // One more than is ranked shows that there are more.
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

  /** Entities and the environments in which they have data. */
  async #listKnown(): Promise<Known> {
    const known: Known = new Map();
    const found = await Promise.all([
      listKnownEnvironments(this.#knex),
      listAllLinks(this.#knex),
    ]);
    for (const { entityRef, environment } of found.flat()) {
      const environments = known.get(entityRef) ?? new Set();
      known.set(entityRef, environments.add(environment));
    }
    return known;
  }

  /** By urgency if not all may be ranked; else any order does. */
  async #inOrder(known: Known): Promise<string[]> {
    const entityRefs = [...known.keys()].sort();
    if (entityRefs.length <= this.#maxServices) return entityRefs;
    const since = new Date(Date.now() - RECENT_MS);
    const rows = await readUrgency(this.#knex, since);
    const urgency = new Map(rows.map(row => [row.entityRef, row.urgency]));
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

/** The candidate in the environment that is asked for; none if the filters exclude it. */
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
