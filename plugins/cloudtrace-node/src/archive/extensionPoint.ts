import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { RequestArchive } from './RequestArchive';

/** Where a module adds the archive of requests. @public */
export interface RequestArchiveExtensionPoint {
  /** Throws if there is an archive already. */
  setArchive(archive: RequestArchive): void;
}

/** Extension point for the archive of requests. @public */
export const requestArchiveExtensionPoint =
  createExtensionPoint<RequestArchiveExtensionPoint>({
    id: 'cloudtrace.request-archive',
  });
