import { explainTarget } from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedObject, WorkloadObjects } from '../objects/types';
import { container, describeChanged, endpointSlice } from './workloadObjects';

/** Name, pod `web`, other objects, and the state, code, words and next step of its target. */
export type PodState = [
  string,
  WatchedObject,
  Partial<WorkloadObjects>,
  { state: string; code?: string; words?: string; next?: RegExp },
];

/** A container that waits for a reason. */
export const waiting = (reason: string, message?: string, more = {}) =>
  container({
    ready: false,
    started: false,
    state: { waiting: { reason, message } },
    ...more,
  });

/** Checks the target of a pod. */
export function expectPodState([, object, changes, expected]: PodState) {
  const { targets = [] } = describeChanged({
    endpointSlices: [endpointSlice([{ pod: 'web', ready: true }])],
    ...changes,
    pods: [object],
  });
  expect(targets).toHaveLength(1);
  const [target] = targets;
  const { summary, nextStep } = explainTarget(target);
  expect(target).toMatchObject({ targetId: 'web', state: expected.state });
  expect(target.reasonCode).toBe(expected.code);
  if (expected.words !== undefined) {
    expect(summary).toEqual(expected.words);
  }
  if (expected.next) expect(nextStep).toMatch(expected.next);
}
