/** The outcome of a file, as one row of the report. */
export function describeOutcome({ file, status, counted, stored, left, note }) {
  const outcome = outcomeOf(status);
  const isKnown = outcome === 'accepted' && counted !== undefined;
  return {
    file,
    status,
    outcome,
    counted: counted ?? '',
    stored: stored ?? '',
    // A difference that a limit or a rejection explains does not count.
    difference: isKnown ? stored + (left ?? 0) - counted : '',
    note: note ?? '',
  };
}

function outcomeOf(status) {
  if (status >= 500) return '5xx';
  return status >= 400 ? 'rejected' : 'accepted';
}

/** The last lines of the report: how many files had each outcome. */
export function summarize(rows) {
  const count = test => rows.filter(test).length;
  return {
    files: rows.length,
    accepted: count(row => row.outcome === 'accepted'),
    rejected: count(row => row.outcome === 'rejected'),
    '5xx': count(row => row.outcome === '5xx'),
    different: count(row => row.difference !== '' && row.difference !== 0),
  };
}
