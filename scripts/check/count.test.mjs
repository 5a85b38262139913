import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countJson, countTap } from './count.mjs';

test('counts a suite that could not run as a failed test', () => {
  assert.deepEqual(
    countJson({
      numPassedTests: 3,
      numFailedTests: 1,
      numRuntimeErrorTestSuites: 2,
    }),
    { passed: 3, failed: 3 },
  );
});

test('reads the closing lines of TAP output and counts cancelled tests as failed', () => {
  assert.deepEqual(
    countTap('TAP version 13\nok 1 - a\n# pass 7\n# fail 1\n# cancelled 1\n'),
    { passed: 7, failed: 2 },
  );
});

test('counts no tests in output without closing lines', () => {
  assert.deepEqual(countTap('boom'), { passed: 0, failed: 0 });
});
