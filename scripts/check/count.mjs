/** Counts the tests of a report in Jest's JSON format, which Vitest also writes. */
export function countJson(report) {
  const brokenSuites = report.numRuntimeErrorTestSuites ?? 0;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenSuites,
  };
}

/** Counts the tests in the TAP output of Node's test runner. */
export function countTap(output) {
  const last = name => {
    const matches = [
      ...output.matchAll(new RegExp(`^# ${name} (\\d+)$`, 'gm')),
    ];
    return matches.length ? Number(matches[matches.length - 1][1]) : 0;
  };
  return { passed: last('pass'), failed: last('fail') + last('cancelled') };
}
