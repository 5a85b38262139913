import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import {
  createServiceFactory,
  type BackendFeature,
  type PermissionsService,
} from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  type AuthorizePermissionRequest,
} from '@backstage/plugin-permission-common';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { startupGateFactory } from '../ingest/http/startupGate';
import { cloudtracePlugin } from '../plugin';
import type { TestDatabase } from './createTestDatabase';

/** An entity for tests. */
export function testEntity(name: string, more: Partial<Entity> = {}): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    ...more,
    metadata: { namespace: 'default', name, ...more.metadata },
    spec: { type: 'service', owner: 'team-a', ...more.spec },
  };
}

/** Headers of a signed-in user. */
export function asUser(userEntityRef: string = 'user:default/ann') {
  return { authorization: mockCredentials.user.header(userEntityRef) };
}

/**
 * Starts the complete backend plugin on its own database, with a catalog of the
 * given entities and a permission policy.
 */
export async function startCloudtraceBackend(options: {
  database: TestDatabase;
  entities?: Entity[];
  config?: { backend?: object; [key: string]: object | undefined };
  features?: BackendFeature[];
  /**
   * Decides on each permission; allows all by default. Any value that is not a
   * boolean is used as the decision itself, so that a policy can return
   * anything, or throw.
   */
  policy?: (
    request: AuthorizePermissionRequest,
    principal: unknown,
  ) => boolean | object | null;
  /** Entities that the catalog shows to a principal; all by default. */
  visible?: (entity: Entity, principal: unknown) => boolean;
}): Promise<
  TestBackend & { signals: jest.Mock; audit: jest.Mock; notify: jest.Mock }
> {
  const policy = options.policy ?? (() => true);
  const visible = options.visible ?? (() => true);
  const decide = (answer: boolean | object | null) =>
    typeof answer === 'boolean'
      ? { result: answer ? AuthorizeResult.ALLOW : AuthorizeResult.DENY }
      : (answer as never);
  const permissions: PermissionsService = {
    authorize: async (requests, { credentials }: any) =>
      requests.map(request => decide(policy(request, credentials.principal))),
    authorizeConditional: async (requests, { credentials }: any) =>
      requests.map(request =>
        decide(policy(request as never, credentials.principal)),
      ),
  };
  const catalog = catalogServiceMock({ entities: options.entities ?? [] });
  const read = catalog.getEntityByRef.bind(catalog);
  catalog.getEntityByRef = async (ref, callOptions) => {
    const entity = await read(ref, callOptions);
    const { principal } = (
      callOptions as { credentials: { principal: unknown } }
    ).credentials;
    return entity && visible(entity, principal) ? entity : undefined;
  };

  const readMany = catalog.getEntitiesByRefs.bind(catalog);
  catalog.getEntitiesByRefs = async (query, callOptions) => {
    const { items } = await readMany(query, callOptions);
    const { principal } = (
      callOptions as { credentials: { principal: unknown } }
    ).credentials;
    return {
      items: items.map(item =>
        item && visible(item, principal) ? item : undefined,
      ),
    };
  };

  const signals = jest.fn(async () => undefined);
  const audit = jest.fn();
  const notify = jest.fn(async () => undefined);
  const backend = await startTestBackend({
    features: [
      // The content of the feature: a test backend does not open loaders, and
      // would create a separate plugin for the modules of a test.
      startupGateFactory,
      cloudtracePlugin,
      mockServices.rootConfig.factory({
        data: {
          ...options.config,
          backend: {
            baseUrl: 'http://localhost:7007',
            database: {
              client: 'pg',
              connection: options.database.connectionString,
              pluginDivisionMode: 'schema',
            },
            ...options.config?.backend,
          },
        },
      }),
      mockServices.database.mock({
        getClient: async () => options.database.knex,
      }).factory,
      // Without a header nobody is signed in, as in production.
      mockServices.httpAuth.factory({
        defaultCredentials: mockCredentials.none(),
      }),
      mockServices.rootLogger.factory({ level: 'warn' }),
      mockServices.permissions.mock(permissions).factory,
      mockServices.auditor.mock({
        createEvent: async event => {
          const entry: Record<string, unknown> = {
            eventId: event.eventId,
            severityLevel: event.severityLevel,
            meta: event.meta,
          };
          return {
            success: async () => audit({ ...entry, status: 'succeeded' }),
            fail: async () => audit({ ...entry, status: 'failed' }),
          };
        },
      }).factory,
      createServiceFactory({
        service: catalogServiceRef,
        deps: {},
        factory: () => catalog,
      }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({ send: notify }),
      }),
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({ publish: signals }),
      }),
      ...(options.features ?? []),
    ].flat(),
  });
  return Object.assign(backend, { signals, audit, notify });
}
