import pLimit from 'p-limit';
import type { IngestOrigin } from '../types';
import type {
  EntityDictionary,
  LearnedName,
  UnknownNames,
} from './EntityDictionary';
import type { NameStore } from './NameStore';

/** Number of entities whose names are stored concurrently; each takes a connection. */
const MAX_FLIGHTS = 2;

/** From this many names in a flight on, further ones wait for the next flight. */
const MAX_NAMES = 10_000;

/** Names of one environment that are stored together, for all requests that wait for them. */
interface Flight {
  dictionary: EntityDictionary;
  origin: IngestOrigin;
  unknown: UnknownNames;
  landed: Promise<void>;
  land: () => void;
  fail: (error: Error) => void;
}

/**
 * Stores new names, one flight at a time per entity.
 *
 * Names of an entity are added under a lock. Many requests bring the same new
 * names at once, for example after a deployment. If each of them used its own
 * connection, they would wait for that lock, and everything else would wait for
 * a connection. Here they wait in memory, and all that arrive during a flight
 * share the next one.
 */
export class NameFlights {
  readonly #names: NameStore;
  readonly #waiting = new Map<number, Flight[]>();
  readonly #limit = pLimit(MAX_FLIGHTS);

  constructor(names: NameStore) {
    this.#names = names;
  }

  /** Resolves when the dictionary contains the names. */
  resolve(
    dictionary: EntityDictionary,
    origin: IngestOrigin,
    unknown: UnknownNames,
  ): Promise<void> {
    let flights = this.#waiting.get(origin.entityId);
    if (!flights) {
      flights = [];
      this.#waiting.set(origin.entityId, flights);
      // Starts after this turn, with everything that arrives in it.
      void this.#fly(origin.entityId, flights);
    }
    const flight =
      flights.find(f => f.dictionary === dictionary && hasRoom(f.unknown)) ??
      prepareFlight(flights, dictionary, origin);
    addAll(flight.unknown.routes, unknown.routes);
    addAll(flight.unknown.instances, unknown.instances);
    return flight.landed;
  }

  async #fly(entityId: number, flights: Flight[]): Promise<void> {
    await Promise.resolve();
    for (;;) {
      const flight = flights.shift();
      if (!flight) {
        this.#waiting.delete(entityId);
        return;
      }
      try {
        await this.#store(flight);
        flight.land();
      } catch (error) {
        flight.fail(error as Error);
      }
    }
  }

  async #store({ dictionary, origin, unknown }: Flight): Promise<void> {
    // The previous flight may have added them.
    const routes = dictionary.unknownRoutes(unknown.routes);
    const instances = dictionary.unknownInstances(unknown.instances);
    if (routes.size > 0) {
      const ids = await this.#limit(() =>
        this.#names.resolveRoutes(origin, [...routes.values()]),
      );
      dictionary.learnRoutes(withKeys(ids, routes));
    }
    if (instances.size > 0) {
      const ids = await this.#limit(() =>
        this.#names.resolveInstances(origin, [...instances.values()]),
      );
      dictionary.learnInstances(withKeys(ids, instances));
    }
  }
}

function hasRoom({ routes, instances }: UnknownNames): boolean {
  return routes.size + instances.size < MAX_NAMES;
}

function prepareFlight(
  flights: Flight[],
  dictionary: EntityDictionary,
  origin: IngestOrigin,
): Flight {
  let land!: Flight['land'];
  let fail!: Flight['fail'];
  const landed = new Promise<void>((resolve, reject) => {
    land = resolve;
    fail = reject;
  });
  const unknown = { routes: new Map(), instances: new Map() };
  const flight = { dictionary, origin, unknown, landed, land, fail };
  flights.push(flight);
  return flight;
}

function addAll<T>(to: Map<string, T>, from: ReadonlyMap<string, T>): void {
  from.forEach((name, key) => to.set(key, name));
}

function withKeys(
  ids: readonly Omit<LearnedName, 'key'>[],
  names: ReadonlyMap<string, unknown>,
): LearnedName[] {
  const keys = [...names.keys()];
  return ids.map((name, index) => ({ ...name, key: keys[index] }));
}
