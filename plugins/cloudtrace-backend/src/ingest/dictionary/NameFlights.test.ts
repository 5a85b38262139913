import { EntityDictionary } from './EntityDictionary';
import { NameFlights } from './NameFlights';
import type { NameRequest, NameStore } from './NameStore';

/** Assigns ids some turns later, and records its calls. Odd entities are on server 1. */
class SlowNameStore implements NameStore {
  readonly calls: string[][] = [];
  flights = 0;
  mostFlights = 0;
  failure: Error | undefined;
  /** Turns of the event loop that a flight takes. */
  turns = 1;
  /** Entities whose names another replica is adding. */
  readonly busy = new Set<number>();
  /** Servers that do not respond. */
  readonly hung = new Set<number>();
  #next = 1;

  serverOf(entityId: number) {
    return entityId % 2;
  }

  async resolve(requests: readonly NameRequest[]) {
    this.calls.push(
      requests.flatMap(({ origin, routes }) => [
        `entity ${origin.entityId}`,
        ...routes.map(({ route }) => route),
      ]),
    );
    if (this.hung.has(this.serverOf(requests[0].origin.entityId))) {
      await new Promise(() => undefined);
    }
    this.mostFlights = Math.max(this.mostFlights, ++this.flights);
    for (let turn = 0; turn < this.turns; turn++) {
      await new Promise(setImmediate);
    }
    this.flights--;
    if (this.failure) throw this.failure;
    const ids = (names: readonly unknown[]) =>
      names.map(() => ({ id: this.#next++, overflow: false }));
    return requests.map(({ origin, routes, instances }) =>
      this.busy.has(origin.entityId)
        ? undefined
        : { routes: ids(routes), instances: ids(instances) },
    );
  }
}

const originOf = (entityId: number) => ({
  entityId,
  entityRef: `component:default/${entityId}`,
  environment: 'test',
});

describe('NameFlights', () => {
  let store: SlowNameStore;
  let flights: NameFlights;
  const resolve = (
    dictionary: EntityDictionary,
    entityId: number,
    routes: string[],
  ) => {
    const unknown = { routes: new Map(), instances: new Map() };
    routes.forEach(route =>
      dictionary.routeId({ method: 'GET', route }, unknown),
    );
    return flights.resolve(dictionary, originOf(entityId), unknown);
  };
  const knows = (dictionary: EntityDictionary, route: string) =>
    dictionary.routeId(
      { method: 'GET', route },
      { routes: new Map(), instances: new Map() },
    ) > 0;

  beforeEach(() => {
    store = new SlowNameStore();
    flights = new NameFlights(store);
  });

  it('stores the names of all concurrent callers together, each name once', async () => {
    const dictionary = new EntityDictionary();
    await Promise.all(
      Array.from({ length: 450 }, (_, index) =>
        resolve(dictionary, 1, ['/same', `/of/${index % 3}`]),
      ),
    );
    expect(store.calls).toEqual([
      ['entity 1', '/same', '/of/0', '/of/1', '/of/2'],
    ]);
    expect(knows(dictionary, '/of/2')).toBe(true);
  });

  it('collects names that arrive during a flight for the next one, without those already stored', async () => {
    const dictionary = new EntityDictionary();
    const first = resolve(dictionary, 1, ['/a']);
    await new Promise(setImmediate);
    const others = ['/a', '/b', '/c', '/b'].map(route =>
      resolve(dictionary, 1, [route]),
    );
    await Promise.all([first, ...others]);
    expect(store.calls).toEqual([
      ['entity 1', '/a'],
      ['entity 1', '/b', '/c'],
    ]);
    expect(store.mostFlights).toBe(1);
  });

  it('stores the names of all entities of a server together', async () => {
    await Promise.all(
      Array.from({ length: 150 }, (_, index) =>
        resolve(new EntityDictionary(), index, ['/a']),
      ),
    );
    expect(store.calls.map(call => call.length)).toEqual([150, 150]);
    expect(store.calls.map(([first]) => first)).toEqual([
      'entity 0',
      'entity 1',
    ]);
  });

  it('uses two connections to a server at most, and one for an entity', async () => {
    store.turns = 5;
    const arrivals: Promise<void>[] = [];
    const dictionary = new EntityDictionary();
    for (let index = 0; index < 20; index++) {
      arrivals.push(resolve(new EntityDictionary(), 2 * index, ['/a']));
      arrivals.push(resolve(dictionary, 1000, [`/${index}`]));
      await Promise.resolve();
      await new Promise(setImmediate);
    }
    await Promise.all(arrivals);
    expect(store.mostFlights).toBe(2);
  });

  it('lets others go ahead while another replica adds names of an entity', async () => {
    const dictionary = new EntityDictionary();
    store.busy.add(2);
    let settled = false;
    const waiting = resolve(dictionary, 2, ['/a']).then(() => (settled = true));
    await resolve(new EntityDictionary(), 4, ['/a']);
    await resolve(new EntityDictionary(), 6, ['/a']);
    expect(settled).toBe(false);
    store.busy.clear();
    await waiting;
    expect(knows(dictionary, '/a')).toBe(true);
  });

  it('waits for no server but that of the entity', async () => {
    store.hung.add(1);
    void resolve(new EntityDictionary(), 1, ['/a']);
    await resolve(new EntityDictionary(), 2, ['/a']);
    expect(store.calls).toHaveLength(2);
  });

  it('rejects for waiting callers only, not for later ones', async () => {
    const dictionary = new EntityDictionary();
    store.failure = new Error('no database');
    const both = [1, 3].map(id => resolve(new EntityDictionary(), id, ['/a']));
    await new Promise(setImmediate);
    // A flight of entity 1 is under way, so this one waits for the next.
    const next = resolve(dictionary, 1, ['/b']);
    await expect(Promise.allSettled([...both, next])).resolves.toMatchObject([
      { status: 'rejected', reason: { message: 'no database' } },
      { status: 'rejected' },
      { status: 'rejected' },
    ]);
    expect(store.calls).toHaveLength(1);
    store.failure = undefined;
    await resolve(dictionary, 1, ['/a']);
    expect(knows(dictionary, '/a')).toBe(true);
  });
});
