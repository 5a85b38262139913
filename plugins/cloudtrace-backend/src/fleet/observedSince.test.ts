import type { TargetInterval } from '@cloudtrace/plugin-cloudtrace-common';
import { observedSince } from './observedSince';

describe('observedSince', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute));
  const target = (...intervals: Array<[number, string]>) => ({
    intervals: intervals.map(
      ([minute, state]): TargetInterval => ({ from: at(minute), state }),
    ),
  });
  const given = {
    targets: [
      target([25, 'healthy']),
      target([20, 'no-data'], [22, 'initial']),
    ],
    firstSeenAt: at(10),
    lastReadAt: at(30),
    from: at(0),
  };

  it('starts with the first state of a target that was polled', () => {
    expect(observedSince(given)).toEqual(at(22));
    // Stored by a version that did not store when it read.
    expect(observedSince({ ...given, lastReadAt: undefined })).toEqual(at(22));
  });

  it('starts with the range if the group was known before', () => {
    expect(observedSince({ ...given, from: at(15) })).toEqual(at(15));
    expect(observedSince({ ...given, from: at(15), targets: [] })).toEqual(
      at(15),
    );
  });

  it('starts with the discovery of a group that is empty', () => {
    expect(observedSince({ ...given, targets: [] })).toEqual(at(10));
  });

  it('has no start if nothing was ever read', () => {
    const unread = { ...given, targets: [], lastReadAt: undefined };
    expect(observedSince(unread)).toBeUndefined();
    expect(observedSince({ ...unread, from: at(15) })).toBeUndefined();
  });
});
