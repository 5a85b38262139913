import { EntityDictionary } from './EntityDictionary';
import { NameFlights } from './NameFlights';
import type { NameStore } from './NameStore';

/** Assigns ids a turn later, and records its calls. */
class SlowNameStore implements NameStore {
  readonly calls: string[][] = [];
  flights = 0;
  mostFlights = 0;
  fails = false;
  #next = 1;

  async resolveRoutes(
    { entityId }: Parameters<NameStore['resolveRoutes']>[0],
    names: Parameters<NameStore['resolveRoutes']>[1],
  ) {
    this.calls.push([`entity ${entityId}`, ...names.map(({ route }) => route)]);
    this.mostFlights = Math.max(this.mostFlights, ++this.flights);
    await new Promise(setImmediate);
    this.flights--;
    if (this.fails) throw new Error('no database');
    return names.map(() => ({ id: this.#next++, overflow: false }));
  }

  async resolveInstances(
    _: Parameters<NameStore['resolveInstances']>[0],
    names: Parameters<NameStore['resolveInstances']>[1],
  ) {
    return names.map(() => ({ id: this.#next++, overflow: false }));
  }
}

const originOf = (entityId: number) => ({
  entityId,
  entityRef: `component:default/${entityId}`,
  environment: 'test',
});

describe('NameFlights', () => {
  const store = new SlowNameStore();
  const flights = new NameFlights(store);
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
    store.calls.length = 0;
    store.mostFlights = 0;
    store.fails = false;
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
    await Promise.resolve();
    await Promise.resolve();
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

  it('uses few connections, however many entities have new names', async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        resolve(new EntityDictionary(), index, ['/a']),
      ),
    );
    expect(store.calls).toHaveLength(40);
    expect(store.mostFlights).toBe(2);
  });

  it('rejects for waiting callers only, not for later ones', async () => {
    const dictionary = new EntityDictionary();
    store.fails = true;
    const both = [1, 2].map(() => resolve(dictionary, 1, ['/a']));
    await expect(Promise.allSettled(both)).resolves.toMatchObject([
      { status: 'rejected', reason: { message: 'no database' } },
      { status: 'rejected' },
    ]);
    store.fails = false;
    await resolve(dictionary, 1, ['/a']);
    expect(knows(dictionary, '/a')).toBe(true);
  });
});
