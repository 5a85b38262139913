import type { LoadGroup } from '@cloudtrace/plugin-cloudtrace-common';
import { formatRowSort } from '../../lib/sortRows';
import { parseSort, sortGroups } from './sortGroups';

const group = (key: string, change: Partial<LoadGroup> = {}): LoadGroup => ({
  key,
  label: key,
  requests: 1,
  share: 0.5,
  errors: 0,
  latencyMs: {},
  series: [],
  flags: [],
  ...change,
});

describe('sortGroups', () => {
  it('sorts by figures, with unknown values last in both directions', () => {
    const groups = [
      group('none'),
      group('slow', { latencyMs: { p95: 90 } }),
      group('fast', { latencyMs: { p95: 5 } }),
    ];
    const keys = (sort: string) =>
      sortGroups(groups, parseSort(sort)).map(item => item.key);
    expect(keys('-p95')).toEqual(['slow', 'fast', 'none']);
    expect(keys('p95')).toEqual(['fast', 'slow', 'none']);
    expect(keys('group')).toEqual(['fast', 'none', 'slow']);
  });

  it('reads and writes the order in the URL, with a default', () => {
    expect(
      parseSort(formatRowSort({ column: 'zone', descending: true })),
    ).toEqual({
      column: 'zone',
      descending: true,
    });
    expect(parseSort('nonsense')).toEqual({
      column: 'share',
      descending: true,
    });
  });
});
