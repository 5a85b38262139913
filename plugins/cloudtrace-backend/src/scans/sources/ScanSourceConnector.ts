import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type {
  ScanConnection,
  ScanConnector,
  ScanSource,
  ScanStore,
} from '@cloudtrace/plugin-cloudtrace-node';
import type { CatalogScopes } from '../../environments/CatalogScopes';
import { ScanSourcePuller } from './ScanSourcePuller';
import { ScanSourceReporter } from './ScanSourceReporter';

/** What is needed to run a source that can only pull. */
export interface ScanSourceServices {
  catalogScopes: CatalogScopes;
  logger: LoggerService;
  scheduler: SchedulerService;
}

/** Polls a source on its schedule. */
export class ScanSourceConnector implements ScanConnector {
  readonly id: string;
  readonly title: string;
  readonly #source: ScanSource;
  readonly #services: ScanSourceServices;

  constructor(source: ScanSource, services: ScanSourceServices) {
    this.id = source.id;
    this.title = source.title;
    this.#source = source;
    this.#services = services;
  }

  async connect(store: ScanStore): Promise<ScanConnection> {
    const source = this.#source;
    const puller = new ScanSourcePuller({ ...this.#services, source, store });
    await this.#services.scheduler.scheduleTask({
      id: `cloudtrace-scan-source-${source.id}`,
      ...source.schedule,
      fn: signal => puller.pull(signal),
    });
    return new ScanSourceReporter({ source, store });
  }
}
