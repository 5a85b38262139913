import { instanceToTerminate, isUnbalanced, zoneForLaunch } from './zones';

const at = (instanceId: string, zone: string, launchedAtMs = 0) => ({
  instanceId,
  zone,
  launchedAtMs,
});

describe('zones', () => {
  it('launches in the running zone with the fewest instances', () => {
    const instances = [at('1', 'a'), at('2', 'a'), at('3', 'b')];
    expect(zoneForLaunch(['a', 'b'], instances)).toBe('b');
    expect(zoneForLaunch(['a'], instances)).toBe('a');
    expect(zoneForLaunch([], instances)).toBeUndefined();
  });

  it('terminates the oldest instance of the fullest zone', () => {
    expect(
      instanceToTerminate([at('1', 'a', 5), at('2', 'b', 1), at('3', 'a', 3)]),
    ).toMatchObject({ instanceId: '3' });
    expect(instanceToTerminate([])).toBeUndefined();
  });

  it('is unbalanced if moving one instance would help', () => {
    expect(isUnbalanced(['a', 'b'], [at('1', 'a'), at('2', 'a')])).toBe(true);
    expect(isUnbalanced(['a', 'b'], [at('1', 'a')])).toBe(false);
    expect(isUnbalanced(['a'], [at('1', 'a'), at('2', 'a')])).toBe(false);
  });
});
