import type { CallOptions } from '../http/types';
import { openFleet, type OpenFleetDeps } from '../fleet/openFleet';
import type { FailoverReader } from './FailoverReader';
import type { FailoverService } from './FailoverService';

/** Serves the failovers that the monitor stored. */
export class DefaultFailoverService implements FailoverService {
  readonly #deps: OpenFleetDeps;
  readonly #reader: FailoverReader;

  constructor(options: OpenFleetDeps & { reader: FailoverReader }) {
    this.#deps = options;
    this.#reader = options.reader;
  }

  async listFailovers(
    query: Parameters<FailoverService['listFailovers']>[0],
    options: CallOptions,
  ) {
    const { frame, fleet } = await openFleet(this.#deps, {
      ...query,
      ...options,
      parts: ['targets', 'database-events'],
    });
    const { environment } = frame;
    const page = await this.#reader.list({ ...query, environment });
    return { ...frame, ...page, notices: fleet.notices };
  }

  async getFailover(query: Parameters<FailoverService['getFailover']>[0]) {
    return this.#reader.get(query);
  }
}
