import fc from 'fast-check';
import {
  asNewApi,
  describeChanged,
  event,
  NOW,
  RESOURCE,
  workload,
} from '../testUtils/workloadObjects';
import { describeWorkload } from './describeWorkload';

const hpa = { metadata: { name: 'web' }, spec: { maxReplicas: 10 } };

describe('the history', () => {
  const about = (kind: string, name: string) => ({ kind, name });
  const at = fc.integer({ min: 1, max: 3500 });
  const arbitrary = fc.oneof(
    fc
      .tuple(at, fc.integer({ min: 0, max: 9 }))
      .map(([seconds, to]) =>
        event(
          about('HorizontalPodAutoscaler', 'web'),
          'SuccessfulRescale',
          `New size: ${to}; reason: All metrics below target`,
          { seconds },
        ),
      ),
    fc
      .tuple(
        at,
        fc.integer({ min: 0, max: 9 }),
        fc.constantFrom('web-2', 'web-3'),
      )
      .map(([seconds, to, name]) =>
        event(
          about('Deployment', 'web'),
          'ScalingReplicaSet',
          `Scaled up replica set ${name} from 1 to ${to}`,
          { seconds },
        ),
      ),
    fc
      .tuple(at, fc.constantFrom('a', 'b', 'c'))
      .map(([seconds, name]) =>
        event(
          about('Pod', name),
          'TaintManagerEviction',
          `Marking for deletion Pod shop/${name}`,
          { seconds },
        ),
      ),
    fc
      .tuple(
        at,
        fc.constantFrom('SuccessfulCreate', 'SuccessfulDelete'),
        fc.constantFrom('a', 'b', 'c'),
      )
      .map(([seconds, reason, name]) =>
        event(
          about('ReplicaSet', 'web-3'),
          reason,
          `${
            reason === 'SuccessfulCreate' ? 'Created' : 'Deleted'
          } pod: ${name}`,
          { seconds },
        ),
      ),
    at.map(seconds =>
      event(
        about('Pod', 'a'),
        'TriggeredScaleUp',
        'pod triggered scale-up: [{workers 1->2 (max: 3)}]',
        { seconds },
      ),
    ),
  );

  it('is the same whatever the order, the API and the number of duplicates', () => {
    fc.assert(
      fc.property(
        fc.array(arbitrary, { maxLength: 20 }),
        fc.infiniteStream(fc.nat()),
        (events, random) => {
          const next = () => random.next().value as number;
          const copies = events.flatMap(each =>
            Array.from({ length: 1 + (next() % 3) }, () =>
              next() % 2 ? each : asNewApi(each),
            ),
          );
          const shuffled = copies
            .map(each => ({ each, rank: next() }))
            .sort((a, b) => a.rank - b.rank)
            .map(({ each }) => each);
          expect(describeChanged({ events: shuffled, hpa })).toEqual(
            describeChanged({ events, hpa }),
          );
        },
      ),
    );
  });

  it('has each activity once, and repeats it in every observation', () => {
    fc.assert(
      fc.property(fc.array(arbitrary, { maxLength: 20 }), events => {
        const { activities = [] } = describeChanged({ events });
        const ids = activities.map(({ activityId }) => activityId);
        expect(new Set(ids).size).toBe(ids.length);
        const later = describeWorkload(workload({ events }), {
          resource: RESOURCE,
          now: new Date(NOW.getTime() + 60_000),
        });
        expect(later.activities).toEqual(activities);
      }),
    );
  });
});
