import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  readDefinitions,
  writeDefinitions,
} from '../../protocol/definitionFile';
import type {
  LocalServiceDefinition,
  StartServiceRequest,
} from '../../protocol/types';
import {
  FleetConflictError,
  FleetInputError,
  FleetNotFoundError,
} from '../errors/fleetErrors';
import type { IngestTokens } from '../portal/IngestTokens';
import { ManagedService, type ServiceSurroundings } from './ManagedService';
import { assertServiceName } from './serviceName';

const MAX_SERVICES = 6;

/** What the services of a fleet need. */
export interface FleetServicesOptions {
  /** Folder of the fleet. */
  directory: string;
  /** Built-in services. */
  builtIn: LocalServiceDefinition[];
  /** Names of built-in services of other runs, which do not start again. */
  otherDemos: string[];
  tokens: IngestTokens;
  /** Throws while the fleet is still starting. */
  surroundings(): ServiceSurroundings;
  log: (message: string) => void;
}

/**
 * The services of the local fleet. A file records which services were added,
 * removed or stopped by hand, and the next start restores that.
 */
export class FleetServices {
  readonly #options: FleetServicesOptions;
  readonly #services = new Map<string, ManagedService>();

  constructor(options: FleetServicesOptions) {
    this.#options = options;
  }

  get all(): ManagedService[] {
    return [...this.#services.values()];
  }

  /** Whether any service is not yet running, failed or stopped. */
  get areOnTheWay(): boolean {
    return this.all.some(
      ({ status }) => !['running', 'failed', 'stopped'].includes(status),
    );
  }

  find(name: string): ManagedService {
    const service = this.#services.get(name);
    if (!service) {
      throw new FleetNotFoundError(
        `The local fleet has no service "${name}". It has: ${[
          ...this.#services.keys(),
        ].join(', ')}`,
      );
    }
    return service;
  }

  /** Starts the built-in services and those of the last run, in the background. */
  start(): void {
    const stored = readDefinitions(this.#options.directory);
    const builtIn = this.#options.builtIn.map(definition => ({
      definition,
      enabled:
        stored.find(s => s.definition.name === definition.name)?.enabled ??
        true,
    }));
    const others = stored.filter(
      ({ definition: { name } }) =>
        !this.#isBuiltIn(name) && !this.#options.otherDemos.includes(name),
    );
    for (const { definition, enabled } of [...builtIn, ...others]) {
      const service = this.#make(definition);
      if (enabled) service.start();
    }
    this.#save();
  }

  async stopAll(cause: string): Promise<void> {
    await Promise.all(
      this.all.map(service =>
        service.stop(cause).catch(error => this.#options.log(String(error))),
      ),
    );
  }

  /** Starts a new service, or restarts a known one from its repository. */
  async add(request: StartServiceRequest): Promise<void> {
    const definition = checkRequest(request);
    const known = this.#services.get(definition.name);
    if (
      known &&
      (known.definition.entityRef !== definition.entityRef ||
        this.#isBuiltIn(definition.name))
    ) {
      throw new FleetConflictError(
        `A service named ${definition.name} is already running on the local fleet for ${known.definition.entityRef}`,
      );
    }
    if (!known && this.#services.size >= MAX_SERVICES) {
      throw new FleetConflictError(
        `${MAX_SERVICES} services is the maximum on the local fleet. Stop one with "npm run fleet -- remove-service <name>"`,
      );
    }
    if (request.ingestToken) {
      this.#options.tokens.keep(definition.name, request.ingestToken);
    }
    await known?.stop('restarted');
    const service = this.#make(definition);
    this.#save();
    service.start();
  }

  startOne(name: string): void {
    this.find(name).start();
    this.#save();
  }

  async stopOne(name: string): Promise<void> {
    await this.find(name).stop('stopped by hand');
    this.#save();
  }

  /** Stops a service and deletes the fleet's files for it, but not its repository. */
  async remove(name: string): Promise<void> {
    if (this.#isBuiltIn(name)) {
      throw new FleetInputError(
        `${name} is part of the fleet: you can stop it, but not remove it`,
      );
    }
    await this.find(name).stop('removed');
    this.#services.delete(name);
    this.#options.tokens.forget(name);
    rmSync(join(this.#options.directory, 'services', name), {
      recursive: true,
      force: true,
    });
    this.#save();
  }

  #make(definition: LocalServiceDefinition): ManagedService {
    const service = new ManagedService(
      definition,
      this.#options.surroundings(),
    );
    this.#services.set(definition.name, service);
    return service;
  }

  #isBuiltIn(name: string): boolean {
    return this.#options.builtIn.some(service => service.name === name);
  }

  #save(): void {
    writeDefinitions(
      this.#options.directory,
      this.all.map(({ definition, status }) => ({
        definition,
        enabled: status !== 'stopped',
      })),
    );
  }
}

function checkRequest(request: StartServiceRequest): LocalServiceDefinition {
  try {
    assertServiceName(request.name);
  } catch (error) {
    throw new FleetInputError((error as Error).message);
  }
  const directory = resolve(request.directory);
  if (!existsSync(directory)) {
    throw new FleetInputError(`Folder ${directory} not found`);
  }
  return {
    name: request.name,
    entityRef: request.entityRef,
    environment: request.environment,
    directory,
    minInstances: 2,
    maxInstances: 4,
    requestsPerSecond: 8,
  };
}
