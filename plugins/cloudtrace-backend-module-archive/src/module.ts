import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { requestArchiveExtensionPoint } from '@cloudtrace/plugin-cloudtrace-node';
import { createStorage } from './storage/createStorage';
import { ParquetArchive } from './ParquetArchive';
import { readArchiveConfig } from './readArchiveConfig';

/**
 * Keeps the requests of past days as Parquet files in a folder or in
 * S3-compatible storage.
 *
 * @remarks Does nothing unless `cloudtrace.archive` is configured.
 *
 * @public
 */
export const cloudtraceModuleArchive = createBackendModule({
  pluginId: 'cloudtrace',
  moduleId: 'archive',
  register(env) {
    env.registerInit({
      deps: {
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        rootConfig: coreServices.rootConfig,
        archives: requestArchiveExtensionPoint,
      },
      async init({ lifecycle, logger, rootConfig, archives }) {
        const config = readArchiveConfig(rootConfig);
        if (!config) {
          logger.info(
            'cloudtrace.archive is not configured; requests are not archived',
          );
          return;
        }
        const storage = await createStorage(rootConfig, config.target);
        const archive = new ParquetArchive(storage, config);
        lifecycle.addShutdownHook(() => archive.close());
        archives.setArchive(archive);
      },
    });
  },
});
