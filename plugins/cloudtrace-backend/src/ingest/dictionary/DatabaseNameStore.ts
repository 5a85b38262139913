import type { Knex } from 'knex';
import {
  resolveInstances,
  resolveRoutes,
  type ResolvedName,
} from '../database/resolveNames';
import { OTHER_NAME } from '../../requests/placeholderNames';
import type { IngestOrigin } from '../types';
import type { InstanceName, RouteName } from './EntityDictionary';
import type { NameStore } from './NameStore';

/** Maximum number of new names per entity and day (UTC). */
export interface NameQuotas {
  maxRoutesPerDay: number;
  maxInstancesPerDay: number;
}

/** Stores names in the tables `routes` and `instances`. */
export class DatabaseNameStore implements NameStore {
  readonly #knex: Knex;
  readonly #quotas: NameQuotas;

  constructor(options: { knex: Knex; quotas: NameQuotas }) {
    this.#knex = options.knex;
    this.#quotas = options.quotas;
  }

  resolveRoutes(
    { entityId, environment }: IngestOrigin,
    names: readonly RouteName[],
  ): Promise<ResolvedName[]> {
    return resolveRoutes(this.#knex, {
      entityId,
      environment,
      names: names.map(({ method, route }) => [method, route]),
      maxNewPerDay: this.#quotas.maxRoutesPerDay,
      otherOf: () => ['', OTHER_NAME],
    });
  }

  resolveInstances(
    { entityId, environment }: IngestOrigin,
    names: readonly InstanceName[],
  ): Promise<ResolvedName[]> {
    return resolveInstances(this.#knex, {
      entityId,
      environment,
      names: names.map(({ instanceKey, zone, kind }) => [
        instanceKey,
        zone,
        kind,
      ]),
      maxNewPerDay: this.#quotas.maxInstancesPerDay,
      otherOf: ([, , kind]) => [OTHER_NAME, '', kind],
    });
  }
}
