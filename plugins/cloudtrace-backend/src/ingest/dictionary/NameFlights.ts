import { isOutage } from '../../database/isOutage';
import type { IngestOrigin } from '../types';
import type {
  EntityDictionary,
  LearnedName,
  UnknownNames,
} from './EntityDictionary';
import type { NameRequest, NameStore } from './NameStore';

/** Concurrent flights to a server; each takes a connection. */
const MAX_FLIGHTS = 2;

/** From this many names in a flight on, further ones wait for the next flight. */
const MAX_NAMES = 10_000;

/** How long another replica may be adding names of an entity before the sender must retry. */
const PATIENCE_MS = 5_000;
const RETRY_MS = 25;

/** Names of one environment that are stored together, for all requests that wait for them. */
interface NeededNames {
  dictionary: EntityDictionary;
  origin: IngestOrigin;
  unknown: UnknownNames;
  since: number;
  landed: Promise<void>;
  land: () => void;
  fail: (error: Error) => void;
}

/** What waits for a server, and what it is doing. */
interface ServerQueue {
  waiting: NeededNames[];
  /** Entities in a flight. */
  busy: Set<number>;
  flights: number;
}

/**
 * Stores new names: all that wait for a server in one transaction, and those of
 * an entity in one transaction at a time.
 *
 * Many requests bring new names at once: those of one service after its
 * deployment, or those of all services after the start of a backend. If each of
 * them used its own connection, everything else would wait for a connection;
 * one after the other, the last ones would wait too long. Here they wait in
 * memory, and all that arrive during a flight share the next one.
 */
export class NameFlights {
  readonly #names: NameStore;
  readonly #queues = new Map<number, ServerQueue>();

  constructor(names: NameStore) {
    this.#names = names;
  }

  /** Resolves when the dictionary contains the names. */
  resolve(
    dictionary: EntityDictionary,
    origin: IngestOrigin,
    unknown: UnknownNames,
  ): Promise<void> {
    const queue = this.#queueOf(origin.entityId);
    const needed =
      queue.waiting.find(
        p => p.dictionary === dictionary && hasRoom(p.unknown),
      ) ?? prepare(queue, dictionary, origin);
    addAll(needed.unknown.routes, unknown.routes);
    addAll(needed.unknown.instances, unknown.instances);
    // Starts after this turn, with everything that arrives in it.
    setImmediate(() => this.#start(queue));
    return needed.landed;
  }

  #queueOf(entityId: number): ServerQueue {
    const server = this.#names.serverOf(entityId);
    let queue = this.#queues.get(server);
    if (!queue) {
      queue = { waiting: [], busy: new Set(), flights: 0 };
      this.#queues.set(server, queue);
    }
    return queue;
  }

  #start(queue: ServerQueue): void {
    while (queue.flights < MAX_FLIGHTS) {
      const group = takeNext(queue);
      if (group.length === 0) return;
      void this.#fly(queue, group);
    }
  }

  async #fly(queue: ServerQueue, group: NeededNames[]): Promise<void> {
    queue.flights++;
    group.forEach(p => queue.busy.add(p.origin.entityId));
    try {
      for (const needed of await this.#store(group)) {
        this.#waitForOthers(queue, needed);
      }
    } catch (error) {
      group.forEach(p => p.fail(error as Error));
      if (isOutage(error as Error)) {
        // They would wait for the same server.
        queue.waiting.splice(0).forEach(p => p.fail(error as Error));
      }
    } finally {
      queue.flights--;
      group.forEach(p => queue.busy.delete(p.origin.entityId));
      this.#start(queue);
    }
  }

  /** Returns those whose names another replica is adding. */
  async #store(group: readonly NeededNames[]): Promise<NeededNames[]> {
    // An earlier flight may have added them.
    const unknown = group.map(({ dictionary, unknown: names }) => ({
      routes: dictionary.unknownRoutes(names.routes),
      instances: dictionary.unknownInstances(names.instances),
    }));
    const wanted = group.flatMap(({ origin }, index) => {
      const { routes, instances } = unknown[index];
      return routes.size + instances.size > 0
        ? [{ index, request: toRequest(origin, unknown[index]) }]
        : [];
    });
    const resolved =
      wanted.length > 0
        ? await this.#names.resolve(wanted.map(({ request }) => request))
        : [];
    const missing = new Set<NeededNames>();
    wanted.forEach(({ index }, position) => {
      const names = resolved[position];
      if (!names) {
        missing.add(group[index]);
        return;
      }
      const { dictionary } = group[index];
      const { routes, instances } = unknown[index];
      dictionary.learnRoutes(withKeys(names.routes, routes));
      dictionary.learnInstances(withKeys(names.instances, instances));
    });
    group.filter(p => !missing.has(p)).forEach(p => p.land());
    return [...missing];
  }

  #waitForOthers(queue: ServerQueue, needed: NeededNames): void {
    if (performance.now() - needed.since > PATIENCE_MS) {
      needed.fail(
        new Error(
          `Another replica has been adding names of the entity for ${PATIENCE_MS} ms`,
        ),
      );
      return;
    }
    setTimeout(() => {
      queue.waiting.push(needed);
      this.#start(queue);
    }, RETRY_MS * (0.5 + Math.random()));
  }
}

/** Takes what the next flight stores: no entity that is in a flight, and not too many names. */
function takeNext(queue: ServerQueue): NeededNames[] {
  const taken: NeededNames[] = [];
  let names = 0;
  const staying = queue.waiting.filter(needed => {
    if (names >= MAX_NAMES || queue.busy.has(needed.origin.entityId)) {
      return true;
    }
    taken.push(needed);
    names += countOf(needed.unknown);
    return false;
  });
  queue.waiting.splice(0, Infinity, ...staying);
  return taken;
}

function prepare(
  queue: ServerQueue,
  dictionary: EntityDictionary,
  origin: IngestOrigin,
): NeededNames {
  let land!: NeededNames['land'];
  let fail!: NeededNames['fail'];
  const landed = new Promise<void>((resolve, reject) => {
    land = resolve;
    fail = reject;
  });
  const unknown = { routes: new Map(), instances: new Map() };
  const since = performance.now();
  const needed = {
    dictionary,
    origin,
    unknown,
    since,
    landed,
    land,
    fail,
  };
  queue.waiting.push(needed);
  return needed;
}

function toRequest(
  origin: IngestOrigin,
  { routes, instances }: UnknownNames,
): NameRequest {
  return {
    origin,
    routes: [...routes.values()],
    instances: [...instances.values()],
  };
}

function countOf({ routes, instances }: UnknownNames): number {
  return routes.size + instances.size;
}

function hasRoom(unknown: UnknownNames): boolean {
  return countOf(unknown) < MAX_NAMES;
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
