import { setTimeout as sleep } from 'node:timers/promises';
import { singleFlight } from './singleFlight';

describe('singleFlight', () => {
  it('runs work one at a time, and once more for all calls during a run', async () => {
    let runs = 0;
    let atOnce = 0;
    let mostAtOnce = 0;
    const run = singleFlight(async () => {
      runs += 1;
      atOnce += 1;
      mostAtOnce = Math.max(mostAtOnce, atOnce);
      await sleep(5);
      atOnce -= 1;
    });
    await Promise.all(Array.from({ length: 20 }, () => run()));
    expect([runs, mostAtOnce]).toEqual([2, 1]);
    await run();
    expect(runs).toBe(3);
  });

  it('reports a failure to the caller, and runs again', async () => {
    let runs = 0;
    const run = singleFlight(async () => {
      runs += 1;
      if (runs === 1) throw new Error('first');
    });
    const outcomes = await Promise.allSettled([run(), run(), run()]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(runs).toBe(2);
  });
});
