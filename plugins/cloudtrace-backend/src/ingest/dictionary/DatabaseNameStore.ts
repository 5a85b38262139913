import type { EntityServers } from '../../database/distribution/ServerPools';
import {
  INSTANCES,
  ROUTES,
  type InstanceName,
  type RouteName,
} from '../database/nameTables';
import { resolveNames } from '../database/resolveNames';
import type { NameRequest, NameStore, ResolvedNames } from './NameStore';

/** Settings of the names. */
export interface DatabaseNameStoreOptions {
  servers: Pick<EntityServers, 'serverOf' | 'poolOf'>;
  /** Maximum number of new names per entity and day (UTC). */
  maxRoutesPerDay: number;
  maxInstancesPerDay: number;
  statementTimeoutMs: number;
}

/** Stores names in the tables `routes` and `instances`. */
export class DatabaseNameStore implements NameStore {
  readonly #options: DatabaseNameStoreOptions;

  constructor(options: DatabaseNameStoreOptions) {
    this.#options = options;
  }

  serverOf(entityId: number): number {
    return this.#options.servers.serverOf(entityId);
  }

  resolve(
    requests: readonly NameRequest[],
  ): Promise<(ResolvedNames | undefined)[]> {
    const { servers, statementTimeoutMs, ...quotas } = this.#options;
    const knex = servers.poolOf(this.serverOf(requests[0].origin.entityId));
    return knex.transaction(async tx => {
      await tx.raw(`SET LOCAL statement_timeout = ${statementTimeoutMs}`);
      const routes = await resolveNames(
        tx,
        ROUTES,
        requests.map(({ origin, routes: names }) => ({
          entityId: origin.entityId,
          environment: origin.environment,
          names: names.map(({ method, route }): RouteName => [method, route]),
        })),
        quotas.maxRoutesPerDay,
      );
      const instances = await resolveNames(
        tx,
        INSTANCES,
        requests.map(({ origin, instances: names }) => ({
          entityId: origin.entityId,
          environment: origin.environment,
          names: names.map(
            ({ instanceKey, zone, kind }): InstanceName => [
              instanceKey,
              zone,
              kind,
            ],
          ),
        })),
        quotas.maxInstancesPerDay,
      );
      return requests.map((_, index) => {
        const ofRoutes = routes[index];
        const ofInstances = instances[index];
        return (
          ofRoutes &&
          ofInstances && { routes: ofRoutes, instances: ofInstances }
        );
      });
    });
  }
}
