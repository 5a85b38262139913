import type { FleetScopeWithEntity } from '@cloudtrace/plugin-cloudtrace-node';
import { groupBy } from '@cloudtrace/plugin-cloudtrace-common';
import { awsCalls } from '../calls/awsCalls';
import { AwsCallError } from '../client/AwsCallError';
import type { AwsRegionApi } from '../client/AwsRegion';
import { chunk } from '../region/chunk';
import { knownResource } from './knownResource';
import { readAnnotations } from './locateScope';
import type { KnownResource } from '../region/types';
import type { AwsInventory } from '../region/AwsInventory';

const SERVICES_PER_CALL = 10;

/**
 * Finds the ECS services that annotations name if no tag is required. ECS
 * cannot list all services of an account.
 */
export async function findEcsServices(
  api: AwsRegionApi,
  partition: string,
  scopes: FleetScopeWithEntity[],
  inventory: AwsInventory,
): Promise<KnownResource[]> {
  const names = new Set<string>();
  for (const { entity, environment } of scopes) {
    for (const { reference } of readAnnotations(entity, environment, partition)
      .references) {
      const elsewhere =
        reference.arn !== undefined &&
        (reference.accountId !== api.accountId ||
          reference.region !== api.region);
      if (reference.kind === 'ecs-service' && !elsewhere) {
        names.add(reference.name);
      }
    }
  }
  inventory.resources.forEach(known => names.delete(known.resource.name));
  const found: KnownResource[] = [];
  const byCluster = groupBy(names, name => name.split('/')[0]);
  for (const [cluster, members] of byCluster) {
    for (const batch of chunk(members, SERVICES_PER_CALL)) {
      try {
        const { services } = await api.call(awsCalls.describeServices, {
          cluster,
          services: batch.map(name => name.split('/')[1]),
        });
        for (const { serviceArn } of services ?? []) {
          const known = knownResource(serviceArn ?? '', partition, []);
          if (known) found.push(known);
        }
      } catch (error) {
        if (!(error instanceof AwsCallError)) throw error;
        // A cluster in another account is not a problem of this account.
        if (error.code !== 'not-found') {
          inventory.problems.push(error.toProblem());
        }
      }
    }
  }
  return found;
}
