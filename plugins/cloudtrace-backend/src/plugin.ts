import {
  coreServices,
  createBackendPlugin,
  type HttpRouterService,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { cloudtracePermissions } from '@cloudtrace/plugin-cloudtrace-common';
import {
  fleetProvidersExtensionPoint,
  requestArchiveExtensionPoint,
  scanImportersExtensionPoint,
  scanSourcesExtensionPoint,
} from '@cloudtrace/plugin-cloudtrace-node';
import type { Router } from 'express';
import type { Knex } from 'knex';
import { registerActions } from './actions/registerActions';
import { readCloudtraceConfig } from './readCloudtraceConfig';
import type { DatabaseConfig } from './database/config';
import { openPool } from './database/distribution/openPool';
import { ShardPlacement } from './database/distribution/ShardPlacement';
import { openDatabase } from './database/openDatabase';
import { RequestsReporter } from './ingest/RequestsReporter';
import { EnvironmentResolver } from './environments/EnvironmentResolver';
import { fleetEnvironments } from './fleet/fleetEnvironments';
import { requestEnvironments } from './requests/requestEnvironments';
import { EventsReporter } from './events/EventsReporter';
import { createFleet } from './createFleet';
import { FleetProviderRegistry } from './fleet/FleetProviderRegistry';
import { createIngest, type Ingest } from './createIngest';
import { createLive } from './createLive';
import { EntityAccess } from './permissions/EntityAccess';
import { createRecentRequests } from './createRecentRequests';
import { openPageServers } from './openPageServers';
import { createRequests } from './createRequests';
import { DatabaseRequestStore } from './requests/DatabaseRequestStore';
import { createEvents } from './createEvents';
import { createApi } from './createApi';
import { createNoPortalRouter } from './http/createNoPortalRouter';
import { OTLP_TRACES_PATH } from './ingest/http/createOtlpRouter';
import { createRefusingRouter } from './ingest/http/createRefusingRouter';
import { EVENTS_PATH } from './events/http/createEventsRouter';
import { scanRoutes } from './scans/http/scansRoutes';
import { createScans } from './createScans';
import { createStorage } from './createStorage';
import { ScanImporterRegistry } from './scans/ScanImporterRegistry';
import { ScanSourceRegistry } from './scans/ScanSourceRegistry';
import { SCANS_PATH } from './scans/http/createScansRouter';
import { RequestValidator } from './schema/RequestValidator';
import { createArchive } from './createArchive';
import { assertModuleInstalled } from './archive/assertModuleInstalled';
import { createPlatform } from './createPlatform';
import { createTokens } from './createTokens';
import { RequestArchiveRegistry } from './archive/RequestArchiveRegistry';

/** Connections for the tokens of a distributed database. */
const LOOKUP_CONNECTIONS = 3;

/** Connections for work on all entities of a distributed database, apart from pages and uploads. */
const BACKGROUND_CONNECTIONS = 4;

/** The longest statement there: to write a file of the archive, or to index a day. */
const BACKGROUND_TIMEOUT_MS = 10 * 60_000;

const services = {
  actionsRegistry: actionsRegistryServiceRef,
  auditor: coreServices.auditor,
  auth: coreServices.auth,
  catalog: catalogServiceRef,
  database: coreServices.database,
  discovery: coreServices.discovery,
  httpAuth: coreServices.httpAuth,
  httpRouter: coreServices.httpRouter,
  lifecycle: coreServices.lifecycle,
  logger: coreServices.logger,
  metrics: metricsServiceRef,
  notifications: notificationService,
  permissions: coreServices.permissions,
  permissionsRegistry: coreServices.permissionsRegistry,
  rootConfig: coreServices.rootConfig,
  scheduler: coreServices.scheduler,
  signals: signalsServiceRef,
};

type Services = {
  [Name in keyof typeof services]: (typeof services)[Name]['T'];
};

/** What modules add to the plugin. */
interface Extensions {
  archives: RequestArchiveRegistry;
  fleetProviders: FleetProviderRegistry;
  scanImporters: ScanImporterRegistry;
  scanSources: ScanSourceRegistry;
}

/**
 * The CloudTrace backend plugin.
 *
 * @public
 */
export const cloudtracePlugin = createBackendPlugin({
  pluginId: 'cloudtrace',
  register(env) {
    const extensions: Extensions = {
      archives: new RequestArchiveRegistry(),
      fleetProviders: new FleetProviderRegistry(),
      scanImporters: new ScanImporterRegistry(),
      scanSources: new ScanSourceRegistry(),
    };
    env.registerExtensionPoint(
      fleetProvidersExtensionPoint,
      extensions.fleetProviders,
    );
    env.registerExtensionPoint(
      requestArchiveExtensionPoint,
      extensions.archives,
    );
    env.registerExtensionPoint(
      scanImportersExtensionPoint,
      extensions.scanImporters,
    );
    env.registerExtensionPoint(
      scanSourcesExtensionPoint,
      extensions.scanSources,
    );
    env.registerInit({
      deps: services,
      async init(deps) {
        deps.permissionsRegistry.addPermissions(cloudtracePermissions);
        const foundation = await createFoundation(deps, extensions);
        const ingest = await createIngestOfRole(deps, foundation);
        acceptUploads(deps.httpRouter, [
          {
            path: OTLP_TRACES_PATH,
            router: ingest?.router ?? createRefusingRouter(),
          },
        ]);
        if (foundation.config.role === 'ingest') {
          deps.httpRouter.use(createNoPortalRouter());
          return;
        }
        const areas = await createAreas(deps, extensions, foundation);
        acceptUploads(deps.httpRouter, areas.routers);
        const api = createQueries(deps, foundation, { ...areas, ingest });
        registerActions({ ...deps, operations: api.operations });
        deps.httpRouter.use(api.router);
      },
    });
  },
});

/** What all areas share. */
async function createFoundation(deps: Services, { archives }: Extensions) {
  const config = readCloudtraceConfig(deps.rootConfig);
  const { archive: requestArchive } = archives;
  const maintains = config.role !== 'ingest';
  if (maintains) {
    assertModuleInstalled({ ...deps, installed: requestArchive !== undefined });
  }
  const knex = await openDatabase({ ...deps, config: config.database });
  const background = openBackground(deps, knex, config.database);
  const access = new EntityAccess(deps);
  const live = createLive({ ...deps, config: config.tokens });
  const store = new DatabaseRequestStore({
    knex,
    retention: config.retention,
  });
  const environments = new EnvironmentResolver({
    access,
    sources: [requestEnvironments(store), fleetEnvironments(knex)],
  });
  // Queries of the portal that wait for a worker must not stop ingest or a revocation.
  const lookups = config.database.distribution
    ? openPool(knex, {
        connections: LOOKUP_CONNECTIONS,
        statementTimeoutMs: config.ingest.statementTimeoutMs,
      })
    : undefined;
  const tokens = createTokens({
    ...deps,
    knex,
    lookups,
    config: config.tokens,
    access,
    environments,
  });
  const platform = config.ingest.platformTokens
    ? createPlatform({ ...deps, knex, lookups, config: config.tokens, access })
    : undefined;
  const validator = new RequestValidator();
  const storage = await createStorage({
    ...deps,
    knex: background,
    retention: config.retention,
    maintains,
    distributed: config.database.distribution !== undefined,
    archivesRequests: requestArchive !== undefined,
  });
  const pageServers = openPageServers({
    ...deps,
    knex,
    distributed: config.database.distribution !== undefined,
    servers: storage.servers,
  });
  const archive = await createArchive({
    ...deps,
    knex: background,
    archive: requestArchive,
    retention: config.retention,
    maintains,
  });
  return {
    archive,
    config,
    knex,
    access,
    live,
    store,
    storage,
    pageServers,
    environments,
    tokens,
    platform,
    validator,
  };
}

/** Work on all entities must neither stop pages nor end at their time limit. */
function openBackground(
  { lifecycle }: Services,
  knex: Knex,
  { distribution }: DatabaseConfig,
): Knex {
  if (!distribution) return knex;
  const pool = openPool(knex, {
    connections: BACKGROUND_CONNECTIONS,
    statementTimeoutMs: BACKGROUND_TIMEOUT_MS,
  });
  lifecycle.addShutdownHook(() => pool.destroy());
  return pool;
}

type Foundation = Awaited<ReturnType<typeof createFoundation>>;

/** A router that checks the tokens of its callers itself. */
interface UploadRouter {
  path: string;
  router: Router;
}

async function createIngestOfRole(
  deps: Services,
  foundation: Foundation,
): Promise<Ingest | undefined> {
  const { config, live, tokens, storage } = foundation;
  if (config.role === 'portal') return undefined;
  return createIngest({
    ...deps,
    ...foundation,
    ...storage,
    placement: config.database.distribution
      ? await ShardPlacement.load({ ...deps, knex: foundation.knex })
      : undefined,
    config: config.ingest,
    retention: config.retention,
    tokens: tokens.verifier,
    onStored: refs =>
      refs.forEach(ref => live.publisher.entityChanged(ref, 'requests')),
  });
}

/** The areas that store what clouds and pipelines report. */
async function createAreas(
  deps: Services,
  extensions: Extensions,
  foundation: Foundation,
) {
  const { config, live, tokens, storage } = foundation;
  const fleet = await createFleet({
    ...deps,
    ...foundation,
    config: config.fleet,
    notificationsConfig: config.notifications,
    providers: extensions.fleetProviders.list(),
    live: live.publisher,
  });
  const events = createEvents({
    ...deps,
    ...foundation,
    live: live.publisher,
    uploads: tokens.uploads,
    onDeploy: fleet.checkFailovers,
  });
  const scans = await createScans({
    ...deps,
    ...foundation,
    servers: storage.servers,
    config: config.scans,
    live: live.publisher,
    uploads: tokens.uploads,
    tokenRules: tokens.rules,
    importers: extensions.scanImporters,
    sources: extensions.scanSources,
    notificationsConfig: config.notifications,
  });
  const routers: UploadRouter[] = [
    { path: EVENTS_PATH, router: events },
    { path: SCANS_PATH, router: scans.router },
    ...scans.sources.webhooks,
  ];
  return { fleet, scans, routers };
}

interface Areas extends Awaited<ReturnType<typeof createAreas>> {
  /** Absent on a replica that does not ingest. */
  ingest: Ingest | undefined;
}

function acceptUploads(
  httpRouter: HttpRouterService,
  routers: readonly UploadRouter[],
): void {
  for (const { path, router } of routers) {
    httpRouter.use(router);
    httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' });
  }
}

/** The API that reads what was stored. */
function createQueries(
  deps: Services,
  foundation: Foundation,
  { ingest, fleet, scans }: Areas,
) {
  const { config, knex, store, storage, tokens, archive } = foundation;
  return createApi({
    ...deps,
    ...foundation,
    requests: createRequests(foundation),
    fleet: fleet.service,
    freshness: fleet.freshness,
    failovers: fleet.failovers,
    tokens: tokens.service,
    platform: foundation.platform?.service,
    findings: scans.counter,
    recent: createRecentRequests({
      ...deps,
      knex,
      distributed: config.database.distribution !== undefined,
      servers: foundation.pageServers,
    }),
    timelineSources: [scans.timelineSource],
    areas: [scanRoutes(scans.service, scans.rollup)],
    reporters: [
      new RequestsReporter({
        knex,
        store,
        tokenRules: tokens.rules,
        compactor: storage.compactor,
        statistics: ingest?.statistics,
      }),
      ...archive.reporters,
      fleet.reporter,
      new EventsReporter({ knex, tokenRules: tokens.rules }),
      scans.reporter,
      ...scans.sources.reporters,
    ],
  });
}
