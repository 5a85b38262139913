import { describe, expect, it } from 'vitest';
import type { Figures } from '../api/types';
import { describeFigures } from './describeFigures';

const figures: Figures = {
  outbox: { waiting: 0, oldestSeconds: null },
  consumerLag: 0,
  deadLetters: { open: 0 },
  cache: { hits: 120, misses: 8, errors: 0 },
  sockets: { socketIo: 2, serverSentEvents: 1 },
  jobs: { waiting: 0, active: 0, delayed: 3, failed: 0 },
};
const valuesOf = (change: Partial<Figures>) =>
  Object.fromEntries(
    describeFigures({ ...figures, ...change }).map(({ label, value }) => [
      label,
      value,
    ]),
  );

describe('the figures', () => {
  it('are numbers and the ratio of cache hits', () => {
    expect(valuesOf({})).toEqual({
      Outbox: '0',
      'Consumer lag': '0',
      'Dead letters': '0',
      'Cache hits': '93.8 %',
      'Open sockets': '3',
      'Jobs waiting': '0',
      'Jobs failed': '0',
    });
  });

  it('are unknown, not zero, if the part that knows them does not respond', () => {
    expect(
      valuesOf({
        outbox: null,
        consumerLag: null,
        deadLetters: null,
        jobs: null,
      }),
    ).toMatchObject({
      Outbox: 'unknown',
      'Consumer lag': 'unknown',
      'Dead letters': 'unknown',
      'Jobs waiting': 'unknown',
      'Jobs failed': 'unknown',
    });
  });

  it('have no ratio of hits without reads', () => {
    expect(
      valuesOf({ cache: { hits: 0, misses: 0, errors: 0 } })['Cache hits'],
    ).toBe('no reads');
  });

  it('are alarming only if something was not processed', () => {
    const alarming = describeFigures({
      ...figures,
      deadLetters: { open: 2 },
    }).filter(tile => tile.alarming);
    expect(alarming.map(({ label }) => label)).toEqual(['Dead letters']);
  });
});
