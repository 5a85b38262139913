import { ByteKeyMap } from './ByteKeyMap';

/** A route as stored. */
export interface RouteName {
  method: string;
  route: string;
}

/** An instance as stored. */
export interface InstanceName {
  instanceKey: string;
  zone: string;
}

/** Names of a body that have no id yet. */
export interface UnknownNames {
  routes: Map<string, RouteName>;
  instances: Map<string, InstanceName>;
}

/** The route and instance that everything beyond the quota is counted under. */
export const OTHER_NAME = '(other)';

const MAX_OVERFLOW = 4096;
const MAX_KNOWN = 20_000;

/**
 * Ids of the routes and instances of one environment of an entity, as far as
 * this process met them. Filled by {@link DictionaryCache}.
 */
export class EntityDictionary {
  /** Accelerates lookups by the bytes of a body; may forget. */
  readonly byteKeys = new ByteKeyMap();
  #routes = new Map<string, number>();
  #instances = new Map<string, number>();
  /** Names beyond the quota of the day; their ids are those of `(other)`. */
  #overflow = new Map<string, number>();
  #day = 0;

  /** Forgets the names beyond the quota when a new day (UTC) began. */
  startDay(day: number): void {
    if (day !== this.#day) {
      this.#day = day;
      this.#overflow.clear();
      this.byteKeys.clear();
    }
  }

  routeId(name: RouteName, unknown: UnknownNames): number {
    const key = routeKey(name);
    const id = this.#routes.get(key) ?? this.#overflow.get(`r${key}`);
    if (id === undefined) {
      unknown.routes.set(key, name);
    }
    return id ?? 0;
  }

  instanceId(name: InstanceName, unknown: UnknownNames): number {
    const key = instanceKey(name);
    const id = this.#instances.get(key) ?? this.#overflow.get(`i${key}`);
    if (id === undefined) {
      unknown.instances.set(key, name);
    }
    return id ?? 0;
  }

  learnRoute(key: string, id: number, overflow: boolean): void {
    this.#learn(this.#routes, `r${key}`, key, id, overflow);
  }

  learnInstance(key: string, id: number, overflow: boolean): void {
    this.#learn(this.#instances, `i${key}`, key, id, overflow);
  }

  #learn(
    known: Map<string, number>,
    overflowKey: string,
    key: string,
    id: number,
    overflow: boolean,
  ): void {
    const map = overflow ? this.#overflow : known;
    // A map that is full starts over; what is still in use comes back at once.
    if (map.size >= (overflow ? MAX_OVERFLOW : MAX_KNOWN)) {
      map.clear();
    }
    map.set(overflow ? overflowKey : key, id);
  }
}

/** Key of a route in maps; the separator cannot be in a clean text. */
export function routeKey({ method, route }: RouteName): string {
  return `${method}\0${route}`;
}

/** Key of an instance in maps. */
export function instanceKey(name: InstanceName): string {
  return `${name.instanceKey}\0${name.zone}`;
}
