import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countJson, countTap } from './count.mjs';

test('a suite that could not run counts as a failed test', () => {
  assert.deepEqual(
    countJson({
      numPassedTests: 3,
      numFailedTests: 1,
      numRuntimeErrorTestSuites: 2,
    }),
    { passed: 3, failed: 3 },
  );
});

test('the closing lines of TAP output are counted, cancelled tests as failed', () => {
  assert.deepEqual(
    countTap('TAP version 13\nok 1 - a\n# pass 7\n# fail 1\n# cancelled 1\n'),
    { passed: 7, failed: 2 },
  );
});

test('output without closing lines counts as nothing', () => {
  assert.deepEqual(countTap('boom'), { passed: 0, failed: 0 });
});
