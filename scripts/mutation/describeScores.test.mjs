import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeScores } from './describeScores.mjs';

const mutant = (file, status) => ({ fileName: `/src/${file}`, status });

test('a mutant that no test runs counts like one that survives', () => {
  const table = describeScores(
    [
      mutant('b.ts', 'Killed'),
      mutant('b.ts', 'Timeout'),
      mutant('b.ts', 'Survived'),
      mutant('a/a.ts', 'NoCoverage'),
      mutant('c.ts', 'CompileError'),
      mutant('c.ts', 'Ignored'),
    ],
    '/src',
  );
  assert.deepEqual(table.split('\n').slice(2), [
    '| `a/a.ts` | 1 | 1 | 0 % |',
    '| `b.ts` | 3 | 1 | 66 % |',
    '| `c.ts` | 0 | 0 | – |',
  ]);
});
