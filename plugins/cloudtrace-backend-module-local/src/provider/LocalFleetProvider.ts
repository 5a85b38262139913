import {
  wordTexts,
  type FleetReport,
  type FleetResource,
} from '@cloudtrace/plugin-cloudtrace-common';
import type {
  FleetCallOptions,
  FleetChange,
  FleetLocateResult,
  FleetProvider,
  FleetScopeWithEntity,
} from '@cloudtrace/plugin-cloudtrace-node';
import { readDefinitions } from '../protocol/definitionFile';
import type { FleetClient } from '../protocol/FleetClient';
import type { LocalServiceDefinition } from '../protocol/types';
import { ChangeWatcher } from './ChangeWatcher';
import { LOCAL_PROVIDER_ID, locationsOf } from './resources';
import { toReport } from './toReport';

/** Fleet provider for the services that the launcher runs on this machine. */
export class LocalFleetProvider implements FleetProvider {
  readonly id = LOCAL_PROVIDER_ID;
  readonly title = 'Local fleet';
  readonly #client: FleetClient;
  readonly #directory: string;
  readonly #stopped: AbortSignal;

  constructor(options: {
    client: FleetClient;
    /** Folder of the launcher. */
    directory: string;
    /** Aborted when the backend stops. */
    stopped: AbortSignal;
  }) {
    this.#client = options.client;
    this.#directory = options.directory;
    this.#stopped = options.stopped;
  }

  async locate(
    scopes: FleetScopeWithEntity[],
    options: FleetCallOptions,
  ): Promise<FleetLocateResult> {
    const definitions = await this.#definitions(options.signal);
    return {
      problems: [],
      locations: scopes.flatMap(scope =>
        definitions
          .filter(
            definition =>
              definition.entityRef.toLocaleLowerCase('en-US') ===
                scope.entityRef.toLocaleLowerCase('en-US') &&
              definition.environment === scope.environment,
          )
          .flatMap(definition => locationsOf(definition, scope)),
      ),
    };
  }

  async collect(
    resources: FleetResource[],
    options: FleetCallOptions & {
      since(resource: FleetResource): Date | undefined;
    },
  ): Promise<FleetReport[]> {
    try {
      const [state, history] = await Promise.all([
        this.#client.state(options.signal),
        this.#client.history(
          earliest(resources.map(resource => options.since(resource))),
          options.signal,
        ),
      ]);
      return resources.map(resource => toReport(resource, state, history));
    } catch (error) {
      options.signal.throwIfAborted();
      return resources.map(resource => ({
        resource,
        observedAt: new Date().toISOString(),
        problems: [
          {
            code: 'unavailable' as const,
            ...wordTexts({
              message: {
                code: 'local-unavailable',
                values: { error: (error as Error).message },
              },
              nextStep: { code: 'local-unavailable-next', values: {} },
            }),
            resourceId: resource.id,
          },
        ],
      }));
    }
  }

  subscribe(onChange: (change: FleetChange) => void): void {
    const watcher = new ChangeWatcher({
      client: this.#client,
      signal: this.#stopped,
    });
    void watcher.watch(onChange);
  }

  /**
   * From the launcher, or from its file while it is not running, so that the
   * history stays linked.
   */
  async #definitions(signal: AbortSignal): Promise<LocalServiceDefinition[]> {
    try {
      const { services } = await this.#client.state(signal);
      return services.map(({ definition }) => definition);
    } catch {
      signal.throwIfAborted();
      return readDefinitions(this.#directory).map(
        ({ definition }) => definition,
      );
    }
  }
}

/** The earliest time; undefined if one of them has no history yet. */
function earliest(times: Array<Date | undefined>): Date | undefined {
  let result: Date | undefined;
  for (const time of times) {
    if (!time) return undefined;
    if (!result || time < result) result = time;
  }
  return result;
}
