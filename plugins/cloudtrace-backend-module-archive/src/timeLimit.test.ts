import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { ParquetArchive } from './ParquetArchive';
import { FolderStorage } from './storage/FolderStorage';

const folder = mkdtempSync(join(tmpdir(), 'cloudtrace-archive-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('ends a search that takes longer than its limit, and says so', async () => {
  const archive = new ParquetArchive(new FolderStorage(folder), {
    cacheBytes: 2 ** 26,
    memoryBytes: 2 ** 26,
    threads: 1,
    timeoutMs: 1,
  });
  const hex = (n: number, digits: number) =>
    n.toString(16).padStart(digits, '0');
  const rows = Array.from(
    { length: 20_000 },
    (_, i) =>
      `component:default/shop,production,${1_700_000_000_000_000 + i},${hex(
        i,
        32,
      )},${hex(i, 16)},server,GET,/,200,5,i-1,,f\n`,
  );
  const file = await archive.write('a.parquet', Readable.from(rows));
  expect((await archive.summarize(file)).requests).toBe(20_000);
  await expect(
    archive.search([file], {
      entityRef: 'component:default/shop',
      from: new Date(1_600_000_000_000),
      to: new Date(1_800_000_000_000),
      limit: 20_000,
    }),
  ).rejects.toThrow('The search took longer than 0.001 s');
  await archive.close();
});
