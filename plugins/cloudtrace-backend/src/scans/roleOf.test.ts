import { roleOf } from './roleOf';

describe('the role of a scan in its stream', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 1, 10, minute));
  const stream = { currentScanId: 'b', analysedAt: at(10) };
  const row = (minute: number | null, commit: string | null = 'c0ffee') => ({
    analysed_at: minute === null ? null : at(minute),
    commit_sha: commit,
  });

  it('is current if the current scan has the same file', () => {
    expect(roleOf({ row: row(1), stream, same: 'b' })).toBe('current');
  });

  it('is outdated if an earlier file of the same commit arrives again', () => {
    expect(roleOf({ row: row(10), stream, same: 'a' })).toBe('outdated');
    // Without a commit, the same file may describe a newer state.
    expect(roleOf({ row: row(10, null), stream, same: 'a' })).toBe('newer');
    // A stream that ended restarts with any scan.
    const ended = { ...stream, currentScanId: undefined };
    expect(roleOf({ row: row(10), stream: ended, same: 'a' })).toBe('newer');
  });

  it('is outdated if it is older by more than clocks may differ', () => {
    const roleAt = (minute: number | null) =>
      roleOf({ row: row(minute), stream, same: undefined });
    expect(roleAt(7)).toBe('outdated');
    expect(roleAt(8)).toBe('newer');
    expect(roleAt(12)).toBe('newer');
    expect(roleAt(null)).toBe('newer');
  });
});
