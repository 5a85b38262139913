import { TargetPool, type TargetTransition } from './TargetPool';

const thresholds = { healthyThreshold: 2, unhealthyThreshold: 3, graceMs: 100 };
const ok = { ok: true } as const;
const refused = {
  ok: false,
  reasonCode: 'Target.FailedHealthChecks',
  reason: 'refused',
} as const;

describe('TargetPool', () => {
  let nowMs: number;
  let transitions: string[];
  let pool: TargetPool;

  const register = (instanceId: string, healthy = true) => {
    const target = pool.register({ instanceId, zone: 'a', port: 1000 });
    if (healthy) {
      pool.record(target, ok);
      pool.record(target, ok);
    }
    return target;
  };

  beforeEach(() => {
    nowMs = 1_000;
    transitions = [];
    pool = new TargetPool({
      thresholds,
      now: () => nowMs,
      onTransition: ({ target, from, to }: TargetTransition) =>
        transitions.push(`${target.instanceId} ${from}->${to}`),
    });
  });

  it('changes a state only after as many equal consecutive results as the threshold says', () => {
    const target = register('i1', false);
    pool.record(target, ok);
    expect(target.state).toBe('initial');
    pool.record(target, ok);
    expect(target.state).toBe('healthy');
    pool.record(target, refused);
    pool.record(target, refused);
    pool.record(target, ok);
    pool.record(target, refused);
    pool.record(target, refused);
    expect(target.state).toBe('healthy');
    nowMs = 5_000;
    pool.record(target, refused);
    expect(target).toMatchObject({
      state: 'unhealthy',
      health: { reasonCode: refused.reasonCode, sinceMs: 5_000 },
    });
    pool.record(target, ok);
    expect(target.state).toBe('unhealthy');
    pool.record(target, ok);
    expect(target.state).toBe('healthy');
    expect(target.health.reasonCode).toBeUndefined();
    expect(transitions).toEqual([
      'i1 undefined->initial',
      'i1 initial->healthy',
      'i1 healthy->unhealthy',
      'i1 unhealthy->healthy',
    ]);
  });

  it('does not count failures of a starting target', () => {
    const target = register('i1', false);
    for (let i = 0; i < 10; i++) pool.record(target, refused);
    expect(target.state).toBe('initial');
    nowMs += thresholds.graceMs;
    for (let i = 0; i < 3; i++) pool.record(target, refused);
    expect(target.state).toBe('unhealthy');
  });

  it('chooses the healthy target with the fewest outstanding requests, and equal ones in turn', () => {
    const [one, two, three] = ['i1', 'i2', 'i3'].map(id => register(id));
    register('starting', false);
    const taken = Array.from({ length: 6 }, () => pool.acquire());
    expect(taken.filter(target => target === one)).toHaveLength(2);
    expect(taken.filter(target => target === two)).toHaveLength(2);
    expect(taken.filter(target => target === three)).toHaveLength(2);
    pool.release(two);
    expect(pool.acquire()).toBe(two);
    expect(pool.acquire(new Set([one.id, three.id]))).toBe(two);
  });

  it('alternates between idle targets', () => {
    const targets = ['i1', 'i2', 'i3'].map(id => register(id));
    const taken = Array.from({ length: 6 }, () => {
      const target = pool.acquire()!;
      pool.release(target);
      return target;
    });
    for (const target of targets) {
      expect(taken.filter(other => other === target)).toHaveLength(2);
    }
  });

  it('sends nothing to draining targets or to those in a stopped zone, and ignores their probes', () => {
    const [one, two] = ['i1', 'i2'].map(id => register(id));
    pool.drain(one);
    expect(Array.from({ length: 4 }, () => pool.acquire())).toEqual(
      Array(4).fill(two),
    );
    pool.markUnavailable(two, 'zone a is stopped');
    expect(pool.acquire()).toBeUndefined();
    for (let i = 0; i < 5; i++) {
      pool.record(one, ok);
      pool.record(two, refused);
    }
    expect([one.state, two.state]).toEqual(['draining', 'unavailable']);
  });

  it('fails open if no target is healthy', () => {
    const target = register('i1');
    for (let i = 0; i < 3; i++) pool.record(target, refused);
    expect(target.state).toBe('unhealthy');
    expect(pool.acquire()).toBe(target);
  });
});
