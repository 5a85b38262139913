import type { ScalingActivity } from '@cloudtrace/plugin-cloudtrace-common';
import { isExchange, isForced, isIntended } from './scalingCauses';

const read = (
  causeKind: ScalingActivity['causeKind'],
  capacity: Partial<ScalingActivity> = {},
) => {
  const activity = { causeKind, ...capacity } as ScalingActivity;
  return {
    forced: isForced(activity),
    intended: isIntended(activity),
    exchange: isExchange(activity),
  };
};

describe('causes of scaling activities', () => {
  it.each(['health-replacement', 'interruption', 'maintenance'] as const)(
    '%s is forced',
    causeKind => {
      expect(read(causeKind)).toEqual({
        forced: true,
        intended: false,
        exchange: false,
      });
    },
  );

  it.each(['policy', 'schedule', 'manual', 'rebalance'] as const)(
    '%s is intended',
    causeKind => {
      expect(read(causeKind)).toEqual({
        forced: false,
        intended: true,
        exchange: false,
      });
    },
  );

  it.each(['instance-refresh', 'lifetime'] as const)(
    '%s is intended and exchanges instances',
    causeKind => {
      expect(read(causeKind)).toEqual({
        forced: false,
        intended: true,
        exchange: true,
      });
    },
  );

  it('an unknown cause is intended only if the group became smaller', () => {
    const intended = (fromCapacity?: number, toCapacity?: number) =>
      read('unknown', { fromCapacity, toCapacity }).intended;
    expect(intended(3, 2)).toBe(true);
    expect(intended(2, 2)).toBe(false);
    expect(intended(2, 3)).toBe(false);
    expect(intended(undefined, 2)).toBe(false);
    expect(intended(2, undefined)).toBe(false);
    expect(intended()).toBe(false);
    expect(read('unknown').forced).toBe(false);
    expect(
      read('health-replacement', { fromCapacity: 3, toCapacity: 2 }).intended,
    ).toBe(false);
  });
});
