import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { ScanConnector } from './ScanConnector';
import type { ScanImporter } from './ScanImporter';
import type { ScanSource } from './ScanSource';

/** Where modules add their scan importers. @public */
export interface ScanImportersExtensionPoint {
  /** Throws if an importer with the same id exists. */
  addImporter(importer: ScanImporter): void;
}

/** Extension point for scan importers. @public */
export const scanImportersExtensionPoint =
  createExtensionPoint<ScanImportersExtensionPoint>({
    id: 'cloudtrace.scan-importers',
  });

/** Where modules add scan sources. @public */
export interface ScanSourcesExtensionPoint {
  /** Adds a source that CloudTrace polls. Throws if the id is in use. */
  addSource(source: ScanSource): void;
  /** Adds a source that runs itself. Throws if the id is in use. */
  addConnector(connector: ScanConnector): void;
}

/** Extension point for scan sources. @public */
export const scanSourcesExtensionPoint =
  createExtensionPoint<ScanSourcesExtensionPoint>({
    id: 'cloudtrace.scan-sources',
  });
