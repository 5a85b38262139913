import { createExtensionPoint } from '@backstage/backend-plugin-api';
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

/** Where modules add services that CloudTrace asks for scan results. @public */
export interface ScanSourcesExtensionPoint {
  /** Throws if a source with the same id exists. */
  addSource(source: ScanSource): void;
}

/** Extension point for scan sources. @public */
export const scanSourcesExtensionPoint =
  createExtensionPoint<ScanSourcesExtensionPoint>({
    id: 'cloudtrace.scan-sources',
  });
