import fc from 'fast-check';
import { at, detect, event, start } from '../testUtils/detection';
import type { DetectionInput, TargetEvent } from './types';

/*
 * Simulates the raw requests of a fleet. The detector gets only counts per
 * minute; its results are checked against the raw requests.
 */

interface Instance {
  id: string;
  zone: string;
  /** When it serves, in seconds. */
  from: number;
  killedAt?: number;
  /** Its load relative to an instance of weight 1. */
  weight?: number;
}

interface Raw {
  at: number;
  instance: Instance;
}

const DETECTION_SECONDS = 11;

/** Distributes requests by weight over the serving instances, deterministically. */
function serve(fleet: Instance[], perSecond: number, until: number): Raw[] {
  const raw: Raw[] = [];
  const credit = new Map<Instance, number>();
  for (let i = -20 * 60 * perSecond; i < until * perSecond; i += 1) {
    const second = i / perSecond;
    const serving = fleet.filter(
      f => f.from <= second && !(f.killedAt! <= second),
    );
    const total = serving.reduce((sum, f) => sum + (f.weight ?? 1), 0);
    for (const f of serving) {
      credit.set(f, (credit.get(f) ?? 0) + (f.weight ?? 1) / total);
    }
    const next = serving.sort((a, b) => credit.get(b)! - credit.get(a)!)[0];
    credit.set(next, credit.get(next)! - 1);
    raw.push({ at: start + second * 1000, instance: next });
  }
  return raw;
}

function record(fleet: Instance[], perSecond = 12) {
  const until = 300;
  const raw = serve(fleet, perSecond, until);
  const minutes = new Map<string, Raw[]>();
  for (const request of raw) {
    const t = Math.floor(request.at / 60_000) * 60_000;
    const key = `${t} ${request.instance.id}`;
    const own = minutes.get(key);
    if (own) own.push(request);
    else minutes.set(key, [request]);
  }
  const requests: DetectionInput['requests'] = {
    stepMs: 60_000,
    samples: [...minutes.values()].map(own => ({
      t: new Date(Math.floor(own[0].at / 60_000) * 60_000),
      instanceId: own[0].instance.id,
      zone: own[0].instance.zone,
      requests: own.length,
      errors: 0,
    })),
  };
  const targets: TargetEvent[] = fleet.flatMap(
    ({ id, zone, from, killedAt }) => [
      event(id, zone, from / 60, 'healthy'),
      ...(killedAt === undefined
        ? []
        : [event(id, zone, (killedAt + DETECTION_SECONDS) / 60, 'unhealthy')]),
    ],
  );
  const healthChecks = new Map([
    ['tg', { intervalMs: 10_000, unhealthyThreshold: 2 }],
  ]);
  const episodes = detect({
    targets,
    requests,
    healthChecks,
    until: at(until / 60),
  });
  /** The cost of losing some instances, from the raw requests. */
  const truth = (ids: string[]) => {
    const lost = fleet.filter(({ id }) => ids.includes(id));
    const killed = Math.min(...lost.map(f => f.killedAt!));
    const changes = fleet.flatMap(f => [f.from, f.killedAt ?? -Infinity]);
    const since = Math.max(...changes.filter(second => second < killed));
    const within = (from: number, to: number) =>
      raw.filter(r => r.at >= start + from * 1000 && r.at < start + to * 1000);
    const before = within(since, killed);
    const share =
      before.filter(r => ids.includes(r.instance.id)).length / before.length;
    return {
      killedAt: start + killed * 1000,
      share,
      shifted: share * within(killed, until).length,
    };
  };
  const expectTruth = (key: string, ids = [key]) => {
    const episode = episodes.find(({ subject }) => subject.key === key)!;
    const { share, shifted, killedAt } = truth(ids);
    const { shareBefore, requestsShifted } = episode.impact;
    expect(Math.abs(shareBefore! / share - 1)).toBeLessThan(0.05);
    expect(Math.abs(requestsShifted! / shifted - 1)).toBeLessThan(0.05);
    // Checks run every ten seconds.
    expect(Math.abs(episode.startedAt - killedAt)).toBeLessThan(10_000);
  };
  return { episodes, expectTruth };
}

const old = (id: string, zone: string, more: Partial<Instance> = {}) => ({
  id,
  zone,
  from: -3600,
  ...more,
});

describe('cost of a failover, compared with raw requests', () => {
  it('is right when a new instance is killed', () => {
    for (const ageSeconds of [250, 130, 65]) {
      const { expectTruth } = record([
        old('a1', 'a'),
        old('b1', 'b'),
        { id: 'b2', zone: 'b', from: 100 - ageSeconds, killedAt: 100 },
      ]);
      expectTruth('b2');
    }
  });

  it('assumes an average share for an instance without measurements and reports it', () => {
    const { expectTruth, episodes } = record([
      old('a1', 'a'),
      old('b1', 'b'),
      { id: 'b2', zone: 'b', from: 65, killedAt: 95 },
    ]);
    expectTruth('b2');
    expect(episodes[0].missingData).toContain('requests-too-sparse');
  });

  it('is right for three kills in a minute', () => {
    const { expectTruth } = record([
      old('a1', 'a', { killedAt: 65 }),
      old('a2', 'a'),
      old('a3', 'a'),
      old('b1', 'b', { killedAt: 85 }),
      old('b2', 'b', { killedAt: 107 }),
      old('b3', 'b'),
    ]);
    expectTruth('a1');
    expectTruth('b1');
    expectTruth('b2');
  });

  it('is right for a zone that fails after a scale-out', () => {
    const { expectTruth } = record([
      old('a1', 'a', { killedAt: 112 }),
      { id: 'a2', zone: 'a', from: -100, killedAt: 112 },
      { id: 'a3', zone: 'a', from: -95, killedAt: 112 },
      old('b1', 'b'),
      { id: 'b2', zone: 'b', from: -100 },
    ]);
    expectTruth('a', ['a1', 'a2', 'a3']);
  });

  it('is right for any kill in any fleet of unequal instances', () => {
    const weight = fc.constantFrom(1, 2, 3);
    fc.assert(
      fc.property(
        fc.array(weight, { minLength: 2, maxLength: 6 }),
        fc.integer({ min: 130, max: 1000 }),
        fc.integer({ min: 0, max: 179 }),
        (weights, ageSeconds, killedAt) => {
          const others = weights.map((w, i) =>
            old(`a${i}`, i % 2 ? 'a' : 'b', { weight: w }),
          );
          const { expectTruth } = record([
            ...others,
            { id: 'x', zone: 'a', from: killedAt - ageSeconds, killedAt },
          ]);
          expectTruth('x');
        },
      ),
      { numRuns: 30 },
    );
  });
});
