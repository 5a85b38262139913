import type {
  AuthService,
  LoggerService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Router } from 'express';
import type { Knex } from 'knex';
import type { EntityServers } from './database/distribution/ServerPools';
import type { DiagnosticsReporter } from './diagnostics/types';
import { createCatalogScopes } from './createCatalogScopes';
import type { LivePublisher } from './live/types';
import {
  createWebhookRouter,
  webhookPath,
} from './scans/http/createWebhookRouter';
import type { ScanImporterRegistry } from './scans/ScanImporterRegistry';
import type { ScanImportService } from './scans/ScanImportService';
import type { ScanSourceRegistry } from './scans/ScanSourceRegistry';
import { DatabaseScanStore } from './scans/sources/DatabaseScanStore';
import { ScanSourceConnector } from './scans/sources/ScanSourceConnector';
import { warnOfMissingModules } from './scans/sources/warnOfMissingModules';
import type { RequestValidator } from './schema/RequestValidator';

/** Connects the scan sources that modules added. */
export async function createScanSources(options: {
  knex: Knex;
  /** Where entities are stored. */
  servers: EntityServers;
  auth: AuthService;
  catalog: CatalogService;
  importers: ScanImporterRegistry;
  live: LivePublisher;
  logger: LoggerService;
  rootConfig: RootConfigService;
  scans: ScanImportService;
  scheduler: SchedulerService;
  sources: ScanSourceRegistry;
  validator: RequestValidator;
}): Promise<{
  /** Accept webhooks, and check their signatures themselves. */
  webhooks: Array<{ path: string; router: Router }>;
  reporters: DiagnosticsReporter[];
}> {
  const { sources } = options;
  const catalogScopes = createCatalogScopes(options);
  const connectors = [
    ...sources.connectors(),
    ...sources
      .sources()
      .map(
        source =>
          new ScanSourceConnector(source, { ...options, catalogScopes }),
      ),
  ];
  warnOfMissingModules({ ...options, installed: connectors });
  const webhooks: Array<{ path: string; router: Router }> = [];
  const reporters: DiagnosticsReporter[] = [];
  for (const connector of connectors) {
    const store = new DatabaseScanStore({ ...options, source: connector.id });
    const connection = await connector.connect(store);
    reporters.push(connection);
    const { webhook } = connection;
    if (webhook) {
      webhooks.push({
        path: webhookPath(connector.id),
        router: createWebhookRouter({ ...options, connector, webhook }),
      });
    }
  }
  return { webhooks, reporters };
}
