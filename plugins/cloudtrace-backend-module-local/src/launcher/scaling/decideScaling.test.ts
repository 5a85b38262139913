import fc from 'fast-check';
import { couldScaleIn, decideScaling } from './decideScaling';
import { policiesOf } from '../services/policies';
import type { ScalingObservation, ScalingSettings } from './types';

const settings: ScalingSettings = {
  min: 2,
  max: 8,
  scaleOutCooldownMs: 15_000,
  scaleInCooldownMs: 30_000,
  scaleInAfterMs: 20_000,
  policies: [
    {
      name: 'rate',
      metricName: 'request rate',
      metricSeriesId: 'rate',
      unit: '/s',
      target: 30,
    },
    {
      name: 'cpu',
      metricName: 'CPU',
      metricSeriesId: 'cpu',
      unit: ' %',
      target: 70,
    },
  ],
};

const NOW_MS = 1_000_000;

function observe(changes: Partial<ScalingObservation>): ScalingObservation {
  return {
    nowMs: NOW_MS,
    desired: 3,
    inService: 3,
    values: { rate: 20, cpu: 20 },
    lowSinceMs: NOW_MS - 60_000,
    ...changes,
  };
}

const observations = fc.record({
  desired: fc.integer({ min: settings.min, max: settings.max }),
  inService: fc.integer({ min: 0, max: settings.max }),
  rate: fc.option(fc.float({ min: 0, max: 500, noNaN: true }), {
    nil: undefined,
  }),
  cpu: fc.option(fc.float({ min: 0, max: 100, noNaN: true }), {
    nil: undefined,
  }),
  outAgoMs: fc.option(fc.integer({ min: 0, max: 90_000 }), { nil: undefined }),
  inAgoMs: fc.option(fc.integer({ min: 0, max: 90_000 }), { nil: undefined }),
  lowForMs: fc.option(fc.integer({ min: 0, max: 90_000 }), { nil: undefined }),
});

function toObservation(
  o: typeof observations extends fc.Arbitrary<infer T> ? T : never,
): ScalingObservation {
  const ago = (ms: number | undefined) =>
    ms === undefined ? undefined : NOW_MS - ms;
  return {
    nowMs: NOW_MS,
    desired: o.desired,
    inService: o.inService,
    values: { rate: o.rate, cpu: o.cpu },
    lastScaleOutAtMs: ago(o.outAgoMs),
    lastScaleInAtMs: ago(o.inAgoMs),
    lowSinceMs: ago(o.lowForMs),
  };
}

describe('decideScaling', () => {
  it('scales out at once by as much as the load needs, and gives the reason', () => {
    expect(
      decideScaling(settings, observe({ values: { rate: 42, cpu: 20 } })),
    ).toEqual({
      desired: 5,
      cause: 'request rate 42/s per instance > 30/s target',
      policyName: 'rate',
      metricValue: 42,
      threshold: 30,
      comparison: '>',
      unit: '/s',
      limited: false,
    });
  });

  it('follows the policy that needs the most instances and reports when the maximum limits it', () => {
    expect(
      decideScaling(
        settings,
        observe({ desired: 7, inService: 7, values: { rate: 36, cpu: 95 } }),
      ),
    ).toMatchObject({ desired: 8, policyName: 'cpu', limited: true });
  });

  it('does not count starting instances twice', () => {
    expect(
      decideScaling(
        settings,
        observe({ desired: 5, inService: 3, values: { rate: 42, cpu: 20 } }),
      ),
    ).toBeUndefined();
  });

  it('removes one instance when all metrics have been low for long enough', () => {
    const low = { desired: 5, inService: 5, values: { rate: 5, cpu: 5 } };
    expect(decideScaling(settings, observe(low))).toMatchObject({
      desired: 4,
      comparison: '<',
    });
    expect(
      decideScaling(settings, observe({ ...low, lowSinceMs: NOW_MS - 1_000 })),
    ).toBeUndefined();
    expect(
      decideScaling(settings, observe({ ...low, values: { rate: 5 } })),
    ).toBeUndefined();
  });

  describe('by active users', () => {
    const byUsers: ScalingSettings = {
      ...settings,
      policies: policiesOf('active-users'),
    };
    const decide = (users: number | undefined, instances: number) =>
      decideScaling(
        byUsers,
        observe({
          desired: instances,
          inService: instances,
          values: {
            'active-users-target':
              users === undefined ? undefined : users / instances,
            'cpu-target': 10,
          },
        }),
      );

    it('scales out above four users per instance', () => {
      expect(decide(16, 4)).toBeUndefined();
      expect(decide(25, 6)).toMatchObject({ desired: 7, metricValue: 4.2 });
      expect(decide(10, 2)).toEqual({
        desired: 3,
        cause: 'active users per instance 5 > 4 target',
        policyName: 'active-users-target',
        metricValue: 5,
        threshold: 4,
        comparison: '>',
        unit: '{user}/{instance}',
        limited: false,
      });
    });

    it('scales in when users leave', () => {
      expect(decide(6, 4)).toMatchObject({
        desired: 3,
        metricValue: 1.5,
        threshold: 3.4,
        comparison: '<',
      });
    });

    it('never takes an unknown number for zero', () => {
      expect(decide(0, 4)).toMatchObject({ desired: 3 });
      expect(decide(undefined, 4)).toBeUndefined();
    });
  });

  it('stays within the limits, scales in by one, and respects the cooldowns', () => {
    fc.assert(
      fc.property(observations, raw => {
        const observation = toObservation(raw);
        const decision = decideScaling(settings, observation);
        if (!decision) return true;
        const { desired } = observation;
        const out = decision.desired > desired;
        const kept = {
          limits:
            decision.desired >= settings.min &&
            decision.desired <= settings.max &&
            decision.desired !== desired,
          step: out || decision.desired === desired - 1,
          cooldownOut: (raw.outAgoMs ?? Infinity) >= (out ? 15_000 : 30_000),
          cooldownIn: out || (raw.inAgoMs ?? Infinity) >= 30_000,
          lowForLong: out || raw.lowForMs! >= 20_000,
          // All policies have data and none is above its target.
          allAgree: out || (raw.rate! <= 30 * 1.05 && raw.cpu! <= 70 * 1.05),
          nothingPending: out || raw.inService >= desired,
        };
        expect(kept).toEqual(
          Object.fromEntries(Object.keys(kept).map(key => [key, true])),
        );
        return true;
      }),
      { numRuns: 2_000 },
    );
  });

  it('never needs fewer instances for more load', () => {
    fc.assert(
      fc.property(
        observations,
        fc.float({ min: 0, max: 100, noNaN: true }),
        (raw, more) => {
          const wanted = (rate: number | undefined) =>
            decideScaling(settings, toObservation({ ...raw, rate }))?.desired ??
            raw.desired;
          if (raw.rate === undefined) return;
          expect(wanted(raw.rate + more)).toBeGreaterThanOrEqual(
            wanted(raw.rate),
          );
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('settles: with constant load it never oscillates', () => {
    fc.assert(
      fc.property(
        fc.float({ min: 0, max: 400, noNaN: true }),
        fc.integer({ min: settings.min, max: settings.max }),
        (totalRate, start) => {
          let desired = start;
          const directions = new Set<string>();
          for (let step = 0; step < 20; step++) {
            const observation = observe({
              desired,
              inService: desired,
              values: { rate: totalRate / desired, cpu: 10 },
            });
            const decision = decideScaling(settings, {
              ...observation,
              lowSinceMs: couldScaleIn(settings, observation) ? 0 : undefined,
            });
            if (!decision) break;
            directions.add(decision.comparison);
            desired = decision.desired;
          }
          expect(directions.size).toBeLessThanOrEqual(1);
          expect(totalRate / desired <= 30 * 1.05 || desired === 8).toBe(true);
        },
      ),
    );
  });
});
