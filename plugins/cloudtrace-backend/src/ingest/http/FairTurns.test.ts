import { setImmediate as nextRound } from 'node:timers/promises';
import { FairTurns } from './FairTurns';

/** Blocks the event loop. */
function block(ms: number) {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

describe('FairTurns', () => {
  it('keeps the order, and yields to the event loop in between', async () => {
    const turns = new FairTurns(5);
    const order: string[] = [];
    const done = [1, 2, 3].map(number =>
      turns.run(() => {
        block(6);
        order.push(`piece ${number}`);
        return number;
      }),
    );
    expect(order).toEqual([]);
    for (let round = 1; round < 3; round++) {
      await nextRound();
      order.push('something else');
    }
    expect(await Promise.all(done)).toEqual([1, 2, 3]);
    expect(order).toEqual([
      'piece 1',
      'something else',
      'piece 2',
      'something else',
      'piece 3',
    ]);
  });

  it('runs several short pieces in one turn', async () => {
    const turns = new FairTurns(1000);
    let finished = 0;
    const done = [1, 2, 3].map(() => turns.run(() => finished++));
    await nextRound();
    expect(finished).toBe(3);
    await Promise.all(done);
  });

  it('continues after a piece that throws or rejects', async () => {
    const turns = new FairTurns(5);
    const thrown = turns.run(() => {
      throw new Error('thrown');
    });
    const rejected = turns.run(() => Promise.reject(new Error('rejected')));
    const fine = turns.run(async () => 'fine');
    await expect(thrown).rejects.toThrow('thrown');
    await expect(rejected).rejects.toThrow('rejected');
    expect(await fine).toBe('fine');
  });
});
