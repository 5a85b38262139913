import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { ScanImporter } from './ScanImporter';

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
