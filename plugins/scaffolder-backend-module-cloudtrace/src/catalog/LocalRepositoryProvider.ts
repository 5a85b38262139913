import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  LoggerService,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import {
  locationSpecToLocationEntity,
  type DeferredEntity,
  type EntityProvider,
  type EntityProviderConnection,
} from '@backstage/plugin-catalog-node';

const PROVIDER_NAME = 'cloudtrace-local-repositories';
const CATALOG_FILE = 'catalog-info.yaml';

/**
 * Adds every repository in the folder of local repositories to the catalog, and
 * removes it when its folder is gone.
 *
 * The catalog's own `POST /locations` only accepts URLs, and opening it for
 * files would let every user register any file of the machine.
 */
export class LocalRepositoryProvider implements EntityProvider {
  readonly #folder: string;
  readonly #logger: LoggerService;
  readonly #taskRunner: SchedulerServiceTaskRunner;
  #lastSeen = '';

  constructor(options: {
    folder: string;
    logger: LoggerService;
    taskRunner: SchedulerServiceTaskRunner;
  }) {
    this.#folder = options.folder;
    this.#logger = options.logger;
    this.#taskRunner = options.taskRunner;
  }

  getProviderName(): string {
    return PROVIDER_NAME;
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    await this.#taskRunner.run({
      id: PROVIDER_NAME,
      fn: () => this.#refresh(connection),
    });
  }

  async #refresh(connection: EntityProviderConnection): Promise<void> {
    const files = await this.#findCatalogFiles();
    const seen = files.join('\n');
    if (seen === this.#lastSeen) {
      return;
    }
    await connection.applyMutation({
      type: 'full',
      entities: files.map(toDeferredEntity),
    });
    this.#lastSeen = seen;
    this.#logger.info(
      `${files.length} local repositories from ${
        this.#folder
      } are in the catalog`,
    );
  }

  async #findCatalogFiles(): Promise<string[]> {
    if (!existsSync(this.#folder)) {
      return [];
    }
    const entries = await readdir(this.#folder, { withFileTypes: true });
    return entries
      .filter(entry => entry.isDirectory() && /^[a-z0-9-]+$/.test(entry.name))
      .map(entry => join(this.#folder, entry.name, CATALOG_FILE))
      .filter(path => existsSync(path))
      .sort();
  }
}

function toDeferredEntity(path: string): DeferredEntity {
  return {
    locationKey: PROVIDER_NAME,
    entity: locationSpecToLocationEntity({
      location: { type: 'file', target: path },
    }),
  };
}
