import fc from 'fast-check';
import type { WatchedObject } from '../objects/types';
import { compareVersions } from './compareVersions';
import { ObjectStore } from './ObjectStore';

interface TestEvent {
  type: 'put' | 'delete';
  object: WatchedObject;
}

function objectAt(name: string, version: number, owner: string): WatchedObject {
  return {
    metadata: {
      name,
      namespace: 'shop',
      uid: name,
      resourceVersion: `${version}`,
      labels: { owner },
    },
  };
}

const ownerOf = (object: WatchedObject) => [
  (object.metadata as { labels: { owner: string } }).labels.owner,
];

function createStore() {
  return new ObjectStore({ owner: ownerOf });
}

function apply(store: ObjectStore, events: readonly TestEvent[]) {
  for (const { type, object } of events) {
    if (type === 'put') store.put(object);
    else store.delete(object);
  }
}

function stateOf(store: ObjectStore) {
  const byName = (a: WatchedObject, b: WatchedObject) =>
    JSON.stringify(a).localeCompare(JSON.stringify(b));
  return {
    objects: store.list().sort(byName),
    owners: ['x', 'y'].map(owner => store.find('owner', owner).sort(byName)),
  };
}

/** A history as a cluster writes it: versions grow, each event has its own. */
const histories = fc
  .array(
    fc.record({
      name: fc.constantFrom('a', 'b', 'c'),
      owner: fc.constantFrom('x', 'y'),
      deleted: fc.boolean(),
    }),
    { maxLength: 30 },
  )
  .map(steps =>
    steps.map(
      ({ name, owner, deleted }, i): TestEvent => ({
        type: deleted ? 'delete' : 'put',
        // Versions on both sides of what a number holds exactly.
        object: objectAt(name, 95 + i, owner),
      }),
    ),
  );

it('ends in the same state whatever the order and number of events', () => {
  fc.assert(
    fc.property(
      histories.chain(history =>
        fc.tuple(
          fc.constant(history),
          fc.shuffledSubarray([...history, ...history], {
            minLength: history.length * 2,
          }),
        ),
      ),
      ([history, disordered]) => {
        const [inOrder, other] = [createStore(), createStore()];
        apply(inOrder, history);
        apply(other, disordered);
        expect(stateOf(other)).toEqual(stateOf(inOrder));
      },
    ),
  );
});

it('keeps exactly the objects whose last event is not a deletion', () => {
  fc.assert(
    fc.property(histories, history => {
      const store = createStore();
      apply(store, history);
      const last = new Map(
        history.map(entry => [
          JSON.stringify((entry.object.metadata as { name: string }).name),
          entry,
        ]),
      );
      const expected = [...last.values()].filter(({ type }) => type === 'put');
      expect(store.size).toBe(expected.length);
      for (const { object } of expected) {
        expect(store.find('owner', ownerOf(object)[0])).toContainEqual(object);
      }
    }),
  );
});

it('replaces everything by a list, also what the list does not contain', () => {
  const store = createStore();
  store.put(objectAt('a', 1, 'x'));
  store.put(objectAt('b', 2, 'x'));
  const changes = store.replace([objectAt('b', 2, 'x'), objectAt('c', 3, 'y')]);

  expect(changes).toEqual([
    { before: objectAt('a', 1, 'x') },
    { before: undefined, after: objectAt('c', 3, 'y') },
  ]);
  expect(stateOf(store).owners).toEqual([
    [objectAt('b', 2, 'x')],
    [objectAt('c', 3, 'y')],
  ]);
});

it('ignores objects without a name', () => {
  const store = createStore();
  for (const metadata of [undefined, null, 'text', {}, { name: 7 }]) {
    expect(new ObjectStore().put({ metadata })).toBeUndefined();
  }
  expect(store.size).toBe(0);
});

it.each([
  ['9', '10', -1],
  ['9007199254740993', '9007199254740992', 1],
  ['5', '5', 0],
  ['x', '5', undefined],
  [undefined, '5', undefined],
])('compares the versions %s and %s', (a, b, expected) => {
  expect(compareVersions(a, b)).toBe(expected);
});
