import fc from 'fast-check';
import { MINUTE_MS } from '@cloudtrace/plugin-cloudtrace-common';
import { detect, event, healthy, requests } from '../testUtils/detection';
import type { TargetEvent } from './types';

describe('detectFailovers with any history', () => {
  const states = [
    'healthy',
    'unhealthy',
    'draining',
    'initial',
    'gone',
    'unused',
    'unavailable',
    'unknown',
  ];
  const history = fc.array(
    fc
      .tuple(
        fc.constantFrom('a1', 'a2', 'b1', 'n1', 'n2'),
        fc.integer({ min: 0, max: 55 }),
        fc.constantFrom(...states),
      )
      .map(([instance, minute, state]) =>
        event(instance, instance[0], minute, state),
      ),
    { maxLength: 25 },
  );
  // Stored history has one state per target and moment.
  const unique = (events: TargetEvent[]) => [
    ...new Map(
      events.map(e => [`${e.targetId} ${e.at.getTime()}`, e]),
    ).values(),
  ];

  it('does not depend on the order and ignores duplicates', () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat()), (events, random) => {
        const targets = [...healthy, ...unique(events)];
        const shuffled = targets
          .map(e => ({ e, rank: random.next().value }))
          .sort((x, y) => x.rank - y.rank)
          .map(({ e }) => e);
        const expected = detect({ targets, requests: requests() });
        expect(
          detect({
            targets: [...shuffled, ...shuffled.slice(0, 5)],
            requests: requests(),
          }),
        ).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });

  it('returns consistent episodes', () => {
    fc.assert(
      fc.property(history, events => {
        const targets = [...healthy, ...unique(events)];
        const episodes = detect({ targets, requests: requests() });
        for (const episode of episodes) {
          const { startedAt, detectedAt, recoveredAt, steps } = episode;
          expect(startedAt).toBeLessThanOrEqual(detectedAt);
          expect(recoveredAt ?? Infinity).toBeGreaterThanOrEqual(detectedAt);
          const times = steps.map(step => step.at);
          expect(times).toEqual([...times].sort());
          expect(episode.impact.requestsFailed ?? 0).toBeGreaterThanOrEqual(0);
          expect(episode.flaps).toBeGreaterThanOrEqual(0);
        }
        // Episodes of one subject do not overlap: flapping counts as one
        // episode.
        const bySubject = new Map(
          episodes.map(({ subject: { key } }) => [
            key,
            episodes.filter(other => other.subject.key === key),
          ]),
        );
        for (const own of bySubject.values()) {
          own.slice(1).forEach((episode, i) => {
            expect(episode.detectedAt - own[i].recoveredAt!).toBeGreaterThan(
              10 * MINUTE_MS,
            );
          });
        }
      }),
      { numRuns: 200 },
    );
  });

  it('finds nothing if nothing failed or vanished', () => {
    const harmless = history.map(events =>
      events.filter(({ state }) => !['unhealthy', 'gone'].includes(state)),
    );
    fc.assert(
      fc.property(harmless, events => {
        const targets = [...healthy, ...unique(events)];
        expect(detect({ targets, requests: requests() })).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
