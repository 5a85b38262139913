import { Journal } from '../journal/Journal';
import { AlarmBook } from './AlarmBook';

describe('AlarmBook', () => {
  it('fires after the duration, gives the reason, and records each change once', () => {
    const journal = new Journal();
    const book = new AlarmBook('orders', journal, [
      {
        name: 'rate-high',
        metricName: 'request-rate',
        metric: 'metric-requests-per-instance',
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
        reason: 'Requests per instance: 10/s, not above 15/s',
      },
      {
        from: 'ok',
        to: 'alarm',
        reason: 'Requests per instance: 22/s, above 15/s for 5 s',
      },
      {
        from: 'alarm',
        to: 'ok',
        reason: 'Requests per instance: 3/s, not above 15/s',
      },
    ]);
  });

  it.each([
    ['%', 12.34, 'CPU: 12.3%, not above 70%'],
    ['1', 71, 'CPU: 71, above 70'],
    ['ms', 3, 'CPU: 3 ms, not above 70 ms'],
    ['%', undefined, 'CPU: no data'],
  ])('gives the reason with the unit %s and the value %s', (...given) => {
    const [unit, value, reason] = given;
    const book = new AlarmBook('orders', new Journal(), [
      {
        name: 'high',
        metricName: 'load',
        metric: 'metric-cpu-short',
        threshold: 70,
        unit,
        forMs: 0,
      },
    ]);
    book.evaluate({ high: value }, 0);
    expect(book.list()[0]).toMatchObject({
      reason,
      coded: {
        reason: { values: { metric: { code: 'metric-cpu-short' } } },
      },
    });
  });
});
