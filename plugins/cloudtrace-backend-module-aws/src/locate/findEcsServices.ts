import type { FleetScopeWithEntity } from '@cloudtrace/plugin-cloudtrace-node';
import {
  groupBy,
  type FleetProblem,
} from '@cloudtrace/plugin-cloudtrace-common';
import { awsCalls } from '../calls/awsCalls';
import { AwsCallError } from '../client/AwsCallError';
import type { AwsRegionApi } from '../client/AwsRegion';
import { chunk } from '../region/chunk';
import { knownResource } from './knownResource';
import { readAnnotations } from './readAnnotations';
import type { KnownResource } from '../region/types';

const SERVICES_PER_CALL = 10;

/**
 * Finds the ECS services that annotations name if no tag is required. ECS
 * cannot list all services of an account.
 */
export async function findEcsServices(options: {
  api: AwsRegionApi;
  partition: string;
  scopes: readonly FleetScopeWithEntity[];
  /** Resources of the account and region that were already found. */
  known: readonly KnownResource[];
}): Promise<{ resources: KnownResource[]; problems: FleetProblem[] }> {
  const { api, partition, scopes, known } = options;
  const found = new Set(known.map(({ resource }) => resource.name));
  const names = new Set(
    scopes
      .flatMap(scope => namesOf(scope, partition, api))
      .filter(name => !found.has(name)),
  );
  const resources: KnownResource[] = [];
  const problems: FleetProblem[] = [];
  const byCluster = groupBy(names, name => name.split('/')[0]);
  for (const [cluster, members] of byCluster) {
    for (const batch of chunk(members, SERVICES_PER_CALL)) {
      try {
        const { services = [] } = await api.call(awsCalls.describeServices, {
          cluster,
          services: batch.map(name => name.split('/')[1]),
        });
        resources.push(
          ...services.flatMap(
            ({ serviceArn }) =>
              knownResource(serviceArn ?? '', partition, []) ?? [],
          ),
        );
      } catch (error) {
        if (!(error instanceof AwsCallError)) throw error;
        // A cluster in another account is not a problem of this account.
        if (error.code !== 'not-found') problems.push(error.toProblem());
      }
    }
  }
  return { resources, problems };
}

/** Names of ECS services in a scope's annotations that may be in this account and region. */
function namesOf(
  { entity, environment }: FleetScopeWithEntity,
  partition: string,
  place: Pick<AwsRegionApi, 'accountId' | 'region'>,
): string[] {
  return readAnnotations(entity, environment, partition)
    .references.map(({ reference }) => reference)
    .filter(
      ({ kind, arn, accountId, region }) =>
        kind === 'ecs-service' &&
        (arn === undefined ||
          (accountId === place.accountId && region === place.region)),
    )
    .map(({ name }) => name);
}
