import fc from 'fast-check';
import {
  ago,
  describeChanged,
  endpointSlice,
  event,
  NOW,
  pod,
  RESOURCE,
  workload,
} from '../testUtils/workloadObjects';
import type { WatchedObject, WorkloadObjects } from '../objects/types';
import { describeWorkload } from './describeWorkload';
import { conditionOf, nameOf, textAt } from './fields';

describe('malformed objects', () => {
  const anything = fc.anything({ maxDepth: 3 }) as fc.Arbitrary<never>;

  it('never throw', () => {
    const objects = fc.record({
      cluster: fc.constant('c1'),
      workload: fc.oneof(
        anything,
        fc.record({
          kind: fc.constantFrom(
            'Deployment',
            'StatefulSet',
            'DaemonSet',
            'Rollout',
          ),
          metadata: anything,
          spec: anything,
          status: anything,
        }),
      ),
      revisions: fc.array(anything),
      pods: fc.array(
        fc.oneof(
          anything,
          fc.record({
            metadata: fc.record({
              name: fc.oneof(fc.string(), anything),
              deletionTimestamp: anything,
            }),
            spec: anything,
            status: fc.record({
              phase: fc.oneof(
                fc.constantFrom('Running', 'Pending', 'Failed'),
                anything,
              ),
              conditions: fc.oneof(
                fc.array(
                  fc.record({
                    type: fc.constantFrom(
                      'Ready',
                      'PodScheduled',
                      'DisruptionTarget',
                    ),
                    status: fc.oneof(
                      fc.constantFrom('True', 'False'),
                      anything,
                    ),
                    reason: anything,
                    message: anything,
                    lastTransitionTime: anything,
                  }),
                ),
                anything,
              ),
              containerStatuses: fc.oneof(
                fc.array(
                  fc.record({
                    name: fc.oneof(fc.string(), anything),
                    state: fc.record({
                      waiting: anything,
                      terminated: anything,
                    }),
                    lastState: anything,
                  }),
                ),
                anything,
              ),
            }),
          }),
        ),
      ),
      nodes: fc.constant(new Map()),
      services: fc.array(anything),
      endpointSlices: fc.array(anything),
      hpa: fc.option(anything, { nil: undefined }),
      scaledObject: fc.option(anything, { nil: undefined }),
      events: fc.array(
        fc.oneof(
          anything,
          fc.record({
            reason: fc.constantFrom(
              'SuccessfulRescale',
              'ScalingReplicaSet',
              'SuccessfulDelete',
              'Evicted',
              'Unhealthy',
            ),
            message: fc.oneof(fc.string(), anything),
            involvedObject: anything,
            lastTimestamp: fc.oneof(fc.constant(ago(5)), anything),
          }),
        ),
      ),
      freshAt: fc.constantFrom({}, workload().freshAt),
    });
    fc.assert(
      fc.property(objects, each => {
        const report = describeWorkload(each as unknown as WorkloadObjects, {
          resource: RESOURCE,
          now: NOW,
        });
        JSON.stringify(report);
        const ready = new Set(
          (each.pods as unknown as WatchedObject[])
            .filter(
              item => textAt(conditionOf(item, 'Ready'), 'status') === 'True',
            )
            .map(nameOf),
        );
        expect(
          (report.targets ?? []).filter(
            ({ targetId, state }) =>
              state === 'healthy' && !ready.has(targetId),
          ),
        ).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('say that the size is unknown instead of 0', () => {
    for (const broken of [
      { kind: 'Deployment', metadata: { name: 'web' } },
      {
        kind: 'Deployment',
        metadata: { name: 'web' },
        spec: { replicas: '2' },
      },
      { kind: 'DaemonSet', metadata: { name: 'web' }, status: {} },
    ]) {
      const report = describeChanged({ workload: broken });
      expect(report.group).toBeUndefined();
      expect(report.problems).toContainEqual(
        expect.objectContaining({
          code: 'invalid-object',
          message: `${broken.kind} web in cluster c1 does not say how many replicas it should have`,
        }),
      );
    }
  });

  it('count pods without a name instead of hiding them', () => {
    expect(describeChanged({ pods: [{}, pod('web')] })).toMatchObject({
      targets: [{ targetId: 'web' }],
      problems: [
        {
          code: 'invalid-object',
          message: expect.stringMatching(/^1 pod of web .* has no name/),
        },
      ],
    });
  });

  it('have names that fit into an index, and that stay different', () => {
    const name = (end: string) => 'x'.repeat(10_000) + end;
    const report = describeChanged({
      pods: [pod(name('a')), pod(name('b'))],
      endpointSlices: [endpointSlice([{ pod: name('a'), ready: true }])],
      events: [
        event(
          { kind: 'Pod', name: name('a'), uid: name('u') },
          'Evicted',
          name('m'),
        ),
      ],
    });
    const ids = [
      ...report.targets!.map(({ targetId }) => targetId),
      ...report.activities!.map(({ activityId }) => activityId),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(Math.max(...ids.map(({ length }) => length))).toBeLessThanOrEqual(
      300,
    );
    expect(report.targets!.map(({ state }) => state)).toEqual([
      'healthy',
      'unhealthy',
    ]);
    expect(JSON.stringify(report).length).toBeLessThan(12_000);
  });
});
