import type { WatchedCluster } from '../clusters/WatchedCluster';
import type { WatchedKind, WatchedObject } from '../objects/types';
import { GonePods } from '../store/GonePods';
import { ObjectStore } from '../store/ObjectStore';
import { storeIndexes } from '../store/storeIndexes';
import { gatherObjects } from './gatherObjects';

const NAME = { kind: 'Deployment', namespace: 'shop', name: 'web' } as const;

function clusterOf(objects: Partial<Record<WatchedKind, WatchedObject[]>>) {
  const stores = new Map<WatchedKind, ObjectStore>();
  const store = (kind: WatchedKind) => {
    const known = stores.get(kind) ?? new ObjectStore(storeIndexes[kind]);
    stores.set(kind, known);
    return known;
  };
  for (const [kind, each] of Object.entries(objects)) {
    for (const object of each) store(kind as WatchedKind).put(object);
  }
  const cluster = {
    name: 'c1',
    client: { clockAheadMs: 0 },
    ...{ store, gone: new GonePods(), freshTimes: {} },
  };
  return cluster as unknown as WatchedCluster;
}

const named = (name: string, more: object = {}) => ({
  metadata: { name, namespace: 'shop', uid: `uid-${name}` },
  ...more,
});
const scaler = (name: string) =>
  named(name, {
    spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' } },
  });

describe('gatherObjects', () => {
  it.each([[['b', 'a', 'c']], [['c', 'b', 'a']]])(
    'orders several autoscalers by name: %j',
    names => {
      const cluster = clusterOf({
        deployments: [named('web')],
        horizontalpodautoscalers: names.map(scaler),
        events: names.map(name => ({
          metadata: { name: `event-${name}`, namespace: 'shop' },
          involvedObject: {
            kind: 'HorizontalPodAutoscaler',
            uid: `uid-${name}`,
          },
        })),
      });
      const { hpa, otherHpas, events } = gatherObjects(cluster, NAME)!;
      expect(hpa).toEqual(scaler('a'));
      expect(otherHpas).toEqual([scaler('b'), scaler('c')]);
      expect(events).toHaveLength(3);
    },
  );

  it('finds the events of what is gone, but not of a forged child', () => {
    const about = (uid: string) => ({
      metadata: { name: `event-${uid}`, namespace: 'shop' },
      involvedObject: { kind: 'Pod', uid },
    });
    const cluster = clusterOf({
      deployments: [named('web')],
      events: [about('pod'), about('forged')],
    });
    const gone = (uid: string, namespace: string, owner: string) =>
      cluster.gone.remember({ uid, namespace, owner }, Date.now());
    gone('set', 'shop', 'uid-web');
    gone('pod', 'shop', 'set');
    gone('forged', 'evil', 'set');
    expect(gatherObjects(cluster, NAME)!.events).toEqual([about('pod')]);
  });
});
