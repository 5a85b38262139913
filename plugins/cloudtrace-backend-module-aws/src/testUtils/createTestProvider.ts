import { ConfigReader } from '@backstage/config';
import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type {
  FleetReport,
  FleetResource,
} from '@cloudtrace/plugin-cloudtrace-common';
import type {
  FleetLocateResult,
  FleetScopeWithEntity,
} from '@cloudtrace/plugin-cloudtrace-node';
import { AwsFleetProvider } from '../AwsFleetProvider';
import { AwsFindingsSource } from '../findings/AwsFindingsSource';
import { readAwsConfig } from '../config/readAwsConfig';
import { FakeAccount } from './FakeAccount';
import { accessKeyOf, FakeAws } from './FakeAws';
import { createCredentialsManager } from '../client/credentials';

/** The current time in tests. */
export const NOW = new Date('2026-11-20T12:00:00Z');

/** A component with annotations. */
export function component(
  name: string,
  annotations: Record<string, string> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, annotations },
    spec: { type: 'service', owner: 'team-a', lifecycle: 'production' },
  };
}

/** The scope of a component's environment. */
export function scopeOf(
  entity: Entity,
  options: { environment?: string; relatedResources?: Entity[] } = {},
): FleetScopeWithEntity {
  return {
    entityRef: `component:default/${entity.metadata.name}`,
    environment: options.environment ?? 'default',
    entity,
    relatedResources: options.relatedResources ?? [],
  };
}

/** A provider with the real SDK clients in front of fake accounts. */
export function createTestProvider(
  accounts: FakeAccount[],
  aws: Record<string, unknown> = {},
) {
  const config = new ConfigReader({
    aws: {
      mainAccount: {
        accessKeyId: accessKeyOf('999999999999'),
        secretAccessKey: 'secret-for-tests',
      },
      accounts: accounts.map(({ accountId }) => ({
        accountId,
        accessKeyId: accessKeyOf(accountId),
        secretAccessKey: 'secret-for-tests',
      })),
    },
    cloudtrace: {
      aws: {
        accounts: accounts.map(({ accountId, region }) => ({
          accountId,
          regions: [region],
        })),
        ...aws,
      },
    },
  });
  const fake = new FakeAws(call => {
    const account = accounts.find(
      a => a.accountId === call.accountId && a.region === call.region,
    );
    if (!account) throw new Error(`no fake account ${call.accountId}`);
    return account.handle(call);
  });
  const clock = { now: NOW };
  const rootConfig = mockServices.rootConfig({ data: config.get() as object });
  const awsConfig = readAwsConfig(rootConfig)!;
  const deps = {
    config: awsConfig,
    credentials: createCredentialsManager(rootConfig, awsConfig),
    logger: mockServices.logger.mock(),
    now: () => clock.now,
  };
  const provider = new AwsFleetProvider(deps);
  const stored = new Map<string, Date>();
  /** One cycle, as the collector runs it. */
  const cycle = async (
    scopes: FleetScopeWithEntity[],
  ): Promise<{ located: FleetLocateResult; reports: FleetReport[] }> => {
    const { signal } = new AbortController();
    const located = await provider.locate(scopes, { signal });
    const resources = new Map<string, FleetResource>(
      located.locations.map(l => [l.resource.id, l.resource]),
    );
    const reports = await provider.collect([...resources.values()], {
      signal,
      since: resource => stored.get(resource.id),
    });
    reports.forEach(r => stored.set(r.resource.id, new Date(r.observedAt)));
    return { located, reports };
  };
  return {
    provider,
    findingsSource: new AwsFindingsSource(deps),
    fake,
    cycle,
    advance(ms: number) {
      clock.now = new Date(clock.now.getTime() + ms);
    },
  };
}
