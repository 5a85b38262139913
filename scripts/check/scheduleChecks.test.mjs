import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as tick } from 'node:timers/promises';
import { scheduleChecks } from './scheduleChecks.mjs';

/** Runs checks that last a number of turns and records which of them ran together. */
async function record(checks, cores) {
  const running = new Set();
  const starts = [];
  const results = await scheduleChecks(
    checks,
    async ({ name, turns = 1 }) => {
      running.add(name);
      starts.push([...running].join('+'));
      for (let i = 0; i < turns; i++) await tick();
      running.delete(name);
      return `${name} done`;
    },
    cores,
  );
  return { starts, results };
}

test('runs checks of one core in parallel and keeps the order of the results', async () => {
  const { starts, results } = await record(
    [{ name: 'a', turns: 5 }, { name: 'b' }, { name: 'c' }],
    2,
  );
  assert.deepEqual(starts, ['a', 'a+b', 'a+c']);
  assert.deepEqual(results, ['a done', 'b done', 'c done']);
});

test('lets a check wait for what it needs, and another one overtake it', async () => {
  const { starts } = await record(
    [{ name: 'a', turns: 5 }, { name: 'b', needs: ['a'] }, { name: 'c' }],
    2,
  );
  assert.deepEqual(starts, ['a', 'a+c', 'b']);
});

test('runs a check of two cores alone on two', async () => {
  const { starts } = await record(
    [{ name: 'a' }, { name: 'b', cores: 2 }, { name: 'c', turns: 3 }],
    2,
  );
  assert.deepEqual(starts, ['a', 'a+c', 'b']);
});

test('gives a check that wants more cores than the machine has all of them', async () => {
  const { starts } = await record([{ name: 'a', cores: 2 }, { name: 'b' }], 1);
  assert.deepEqual(starts, ['a', 'b']);
});

test('treats a need that is not among the chosen checks as met', async () => {
  const { starts } = await record([{ name: 'b', needs: ['a'] }], 2);
  assert.deepEqual(starts, ['b']);
});

test('rejects checks that need each other', async () => {
  await assert.rejects(
    record([
      { name: 'a', needs: ['b'] },
      { name: 'b', needs: ['a'] },
    ]),
    /need each other: a, b/,
  );
});

test('fails the run if a check fails to start', async () => {
  await assert.rejects(
    scheduleChecks(
      [{ name: 'a' }],
      async () => {
        throw new Error('no such program');
      },
      2,
    ),
    /no such program/,
  );
});
