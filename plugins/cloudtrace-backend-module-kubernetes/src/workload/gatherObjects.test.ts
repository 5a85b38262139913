import fc from 'fast-check';
import type { WatchedCluster } from '../clusters/WatchedCluster';
import type { WatchedKind, WatchedObject } from '../objects/types';
import { GonePods } from '../store/GonePods';
import { ObjectStore } from '../store/ObjectStore';
import { storeIndexes } from '../store/storeIndexes';
import { affectedWorkloads } from './affectedWorkloads';
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
    ...{
      store,
      gone: new GonePods(),
      freshTimes: {},
      usage: { of: () => undefined },
    },
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

  it('finds the Service with its name even if its selector does not match, and it finds the workload', () => {
    const service = {
      metadata: { name: 'web', namespace: 'shop' },
      spec: { selector: { app: 'wbe' } },
    };
    const elsewhere = {
      ...service,
      metadata: { name: 'web', namespace: 'other' },
    };
    const cluster = clusterOf({
      deployments: [
        named('web', {
          spec: { template: { metadata: { labels: { app: 'web' } } } },
        }),
      ],
      services: [service, elsewhere],
    });
    const foundBy = (after: typeof service) =>
      affectedWorkloads(cluster, { kind: 'services', changes: [{ after }] });
    expect(gatherObjects(cluster, NAME)!.services).toEqual([service]);
    expect(foundBy(service)).toEqual([NAME]);
    expect(foundBy(elsewhere)).toEqual([]);
  });

  it('finds exactly the Services that select its pods, and they find it', () => {
    const labels = fc.dictionary(
      fc.constantFrom('app', 'part-of', 'hash'),
      fc.constantFrom('web', 'shop'),
    );
    const services = fc.array(
      fc.record({ selector: labels, namespace: fc.constantFrom('shop', 'b') }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(labels, labels, services, (template, added, wanted) => {
        const podLabels = { ...template, ...added };
        const objects = wanted.map(({ selector, namespace }, index) => ({
          metadata: { name: `s${index}`, namespace },
          spec: { selector },
        }));
        const cluster = clusterOf({
          deployments: [
            named('web', {
              spec: { template: { metadata: { labels: template } } },
            }),
          ],
          pods: [
            {
              metadata: {
                name: 'pod',
                namespace: 'shop',
                labels: podLabels,
                ownerReferences: [{ uid: 'uid-web' }],
              },
            },
          ],
          services: objects,
        });
        const fits = ({ metadata, spec }: (typeof objects)[number]) => {
          const pairs = Object.entries(spec.selector);
          const isIn = (own: Record<string, string>) =>
            pairs.every(([name, value]) => own[name] === value);
          return (
            metadata.namespace === 'shop' &&
            pairs.length > 0 &&
            (isIn(template) || isIn(podLabels))
          );
        };
        const found = gatherObjects(cluster, NAME)!.services;
        expect(new Set(found)).toEqual(new Set(objects.filter(fits)));
        expect(found).toHaveLength(objects.filter(fits).length);
        for (const service of objects) {
          const change = {
            kind: 'services' as const,
            changes: [{ after: service }],
          };
          expect(affectedWorkloads(cluster, change)).toEqual(
            fits(service) ? [NAME] : [],
          );
        }
      }),
    );
  });
});
