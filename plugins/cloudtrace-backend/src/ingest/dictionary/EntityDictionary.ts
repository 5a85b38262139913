import type { RequestKind } from '../../requests/types';
import { ByteKeyMap } from './ByteKeyMap';

/** A route as stored. */
export interface RouteName {
  method: string;
  route: string;
}

/** An instance as stored; one that also handles the other kind has another row. */
export interface InstanceName {
  instanceKey: string;
  zone: string;
  kind: RequestKind;
}

/** Names of a body that have no id yet. */
export interface UnknownNames {
  routes: Map<string, RouteName>;
  instances: Map<string, InstanceName>;
}

const MAX_OVERFLOW = 4096;
const MAX_KNOWN = 20_000;

/** A name with its id. */
export interface LearnedName {
  key: string;
  id: number;
  /** Whether it exceeds the day's quota and is counted as `(other)`. */
  overflow: boolean;
}

/**
 * Ids of the routes and instances of one environment of an entity, as far as
 * this process has seen them. Filled by {@link DictionaryCache}.
 */
export class EntityDictionary {
  /** Speeds up lookups by the bytes of a body; may forget. */
  readonly byteKeys = new ByteKeyMap();
  readonly #routes = new Map<string, number>();
  readonly #instances = new Map<string, number>();
  /** Names beyond the day's quota; their ids are those of `(other)`. */
  readonly #otherRoutes = new Map<string, number>();
  readonly #otherInstances = new Map<string, number>();
  #day = 0;

  /** Forgets the names beyond the quota when a new day (UTC) begins. */
  startDay(day: number): void {
    if (day !== this.#day) {
      this.#day = day;
      this.#otherRoutes.clear();
      this.#otherInstances.clear();
      this.byteKeys.clear();
    }
  }

  routeId(name: RouteName, unknown: UnknownNames): number {
    const key = routeKey(name);
    const id = this.#knownRoute(key);
    if (id === undefined) {
      unknown.routes.set(key, name);
    }
    return id ?? 0;
  }

  instanceId(name: InstanceName, unknown: UnknownNames): number {
    const key = instanceKey(name);
    const id = this.#knownInstance(key);
    if (id === undefined) {
      unknown.instances.set(key, name);
    }
    return id ?? 0;
  }

  /** Returns the routes without an id, by key. */
  unknownRoutes(
    routes: ReadonlyMap<string, RouteName>,
  ): Map<string, RouteName> {
    return without(routes, key => this.#knownRoute(key));
  }

  /** Returns the instances without an id, by key. */
  unknownInstances(
    instances: ReadonlyMap<string, InstanceName>,
  ): Map<string, InstanceName> {
    return without(instances, key => this.#knownInstance(key));
  }

  /** Adds all new routes of a body at once. */
  learnRoutes(names: readonly LearnedName[]): void {
    learn(this.#routes, this.#otherRoutes, names);
  }

  /** Adds all new instances of a body at once. */
  learnInstances(names: readonly LearnedName[]): void {
    learn(this.#instances, this.#otherInstances, names);
  }

  #knownRoute(key: string): number | undefined {
    return this.#routes.get(key) ?? this.#otherRoutes.get(key);
  }

  #knownInstance(key: string): number | undefined {
    return this.#instances.get(key) ?? this.#otherInstances.get(key);
  }
}

function without<T>(
  names: ReadonlyMap<string, T>,
  known: (key: string) => number | undefined,
): Map<string, T> {
  return new Map([...names].filter(([key]) => known(key) === undefined));
}

/**
 * A full map starts over, and names in use return immediately. Never in the
 * middle of a body's names: the body is read again with all of them.
 */
function learn(
  known: Map<string, number>,
  others: Map<string, number>,
  names: readonly LearnedName[],
): void {
  if (known.size >= MAX_KNOWN) {
    known.clear();
  }
  if (others.size >= MAX_OVERFLOW) {
    others.clear();
  }
  for (const { key, id, overflow } of names) {
    (overflow ? others : known).set(key, id);
  }
}

/** Key of a route in maps; clean text never contains the separator. */
export function routeKey({ method, route }: RouteName): string {
  return `${method}\0${route}`;
}

/** Key of an instance in maps. */
export function instanceKey(name: InstanceName): string {
  return `${name.instanceKey}\0${name.zone}\0${name.kind}`;
}
