import { Journal } from '../journal/Journal';
import { AlarmBook } from './AlarmBook';

describe('AlarmBook', () => {
  it('fires after the duration, gives the reason, and records each change once', () => {
    const journal = new Journal();
    const book = new AlarmBook('orders', journal, [
      {
        name: 'rate-high',
        metricName: 'request-rate',
        threshold: 15,
        unit: '1/s',
        forMs: 5_000,
      },
    ]);
    const states = [
      [0, undefined],
      [1_000, 10],
      [2_000, 20],
      [6_000, 21],
      [7_000, 22.04],
      [8_000, 23],
      [9_000, 3],
    ].map(([atMs, value]) => {
      book.evaluate({ 'rate-high': value }, atMs!);
      return book.list()[0].state;
    });
    expect(states).toEqual([
      'insufficient-data',
      'ok',
      'ok',
      'ok',
      'alarm',
      'alarm',
      'ok',
    ]);
    expect(
      journal.since('alarm').map(({ transition: { from, to, reason } }) => ({
        from,
        to,
        reason,
      })),
    ).toEqual([
      {
        from: 'insufficient-data',
        to: 'ok',
        reason: 'request-rate 10 1/s is not above 15 1/s',
      },
      {
        from: 'ok',
        to: 'alarm',
        reason: 'request-rate 22 1/s > 15 1/s for 5 s',
      },
      {
        from: 'alarm',
        to: 'ok',
        reason: 'request-rate 3 1/s is not above 15 1/s',
      },
    ]);
  });
});
