import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Journal } from './Journal';

describe('Journal', () => {
  let directory: string;
  let file: string;
  let now: Date;
  const open = () => new Journal({ file, now: () => now });

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'journal-'));
    file = join(directory, 'journal.jsonl');
    now = new Date('2026-11-21T10:00:00Z');
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('keeps records and positions across restarts, even after a torn last line', () => {
    const first = open();
    first.append({ kind: 'operator', message: 'one' });
    first.append({ kind: 'operator', service: 'orders', message: 'two' });
    appendFileSync(file, '{"kind":"operator","mess');
    const second = open();
    expect(second.position).toBe(2);
    expect(second.since('operator').map(({ message }) => message)).toEqual([
      'one',
      'two',
    ]);
    second.append({ kind: 'operator', message: 'three' });
    expect(open().since('operator')).toHaveLength(3);
  });

  it('selects by kind and time, and drops records older than a week', () => {
    const journal = open();
    journal.append({ kind: 'operator', message: 'old' });
    now = new Date('2026-11-21T11:00:00Z');
    journal.append({ kind: 'operator', message: 'new' });
    expect(
      journal.since('operator', new Date('2026-11-21T10:30:00Z')),
    ).toMatchObject([{ message: 'new' }]);
    expect(journal.since('database')).toEqual([]);
    now = new Date('2026-11-28T10:30:00Z');
    expect(open().since('operator')).toMatchObject([{ message: 'new' }]);
  });

  it('names what changed after a position and wakes waiting callers', async () => {
    const journal = open();
    journal.append({ kind: 'operator', service: 'orders', message: 'x' });
    const waiting = journal.waitForChange(1, 10_000);
    journal.append({
      kind: 'database',
      event: { eventId: '1', at: '', kind: 'other', message: 'x' },
    });
    await waiting;
    expect(journal.changesAfter(1)).toEqual({
      cursor: 2,
      services: [],
      database: true,
    });
    expect(journal.changesAfter(0)).toEqual({
      cursor: 2,
      services: ['orders'],
      database: true,
    });
    const before = Date.now();
    await journal.waitForChange(2, 30);
    expect(Date.now() - before).toBeGreaterThanOrEqual(25);
  });
});
