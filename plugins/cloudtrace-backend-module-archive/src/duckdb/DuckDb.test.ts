import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDb } from './DuckDb';

const neverAborted = new AbortController().signal;
/** Would take hours. */
const ENDLESS =
  'SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range + b.range = 7';

describe('DuckDb', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cloudtrace-duckdb-test-'));
  const duckDb = new DuckDb({
    memoryBytes: 2 ** 26,
    threads: 1,
    temporaryDirectory: async () => folder,
  });
  afterAll(async () => {
    await duckDb.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const expectWorking = async () =>
    expect(await duckDb.run('SELECT 7 AS n', [], neverAborted)).toEqual([
      { n: 7 },
    ]);

  it('ends a statement whose signal is aborted, and goes on with others', async () => {
    const controller = new AbortController();
    const running = duckDb.run(ENDLESS, [], controller.signal);
    setTimeout(() => controller.abort(new Error('too late')), 50);
    await expect(running).rejects.toThrow('too late');
    await expectWorking();
  });

  it('does not begin a statement whose signal was aborted while it waited', async () => {
    const controller = new AbortController();
    const running = [1, 2, 3].map(() =>
      duckDb.run(ENDLESS, [], controller.signal),
    );
    setTimeout(() => controller.abort(new Error('too late')), 50);
    const results = await Promise.allSettled(running);
    expect(results.map(({ status }) => status)).toEqual(
      Array(3).fill('rejected'),
    );
    await expectWorking();
  });

  it('refuses a statement that needs more memory than allowed', async () => {
    await expect(
      duckDb.run('SELECT list(range) FROM range(100000000)', [], neverAborted),
    ).rejects.toThrow(/Out of Memory/);
    await expectWorking();
  });

  it('loads nothing from the network', async () => {
    await expect(
      duckDb.run(
        `SELECT * FROM 'https://127.0.0.1/x.parquet'`,
        [],
        neverAborted,
      ),
    ).rejects.toThrow();
    const rows = await duckDb.run(
      `SELECT count(*)::INTEGER AS n FROM duckdb_extensions() WHERE installed AND install_mode <> 'STATICALLY_LINKED'`,
      [],
      neverAborted,
    );
    expect(rows).toEqual([{ n: 0 }]);
  });
});
