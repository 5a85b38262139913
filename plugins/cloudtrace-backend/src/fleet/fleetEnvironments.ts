import type { Knex } from 'knex';
import { listLinkedEnvironments } from './database/listLinkedEnvironments';
import type { EnvironmentSource } from '../environments/EnvironmentResolver';

/** Returns the environments that have linked resources. */
export function fleetEnvironments(knex: Knex): EnvironmentSource {
  return {
    name: 'fleet',
    environments: entityRef => listLinkedEnvironments(knex, entityRef),
  };
}
