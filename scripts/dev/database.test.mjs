import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const localDir = mkdtempSync(join(tmpdir(), 'cloudtrace-dev-database-'));
// As root, PostgreSQL runs as another user, who has to enter the folder.
chmodSync(localDir, 0o711);
process.env.CLOUDTRACE_LOCAL_DIR = localDir;
const { resetDatabase, startDatabase } = await import('./database.mjs');

after(() => rmSync(localDir, { recursive: true, force: true }));

async function query(url, sql) {
  const { Client } = createRequire(import.meta.url)('pg');
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function withDatabase(use) {
  const database = await startDatabase();
  try {
    return await use(database.url);
  } finally {
    database.expectEnd();
    await database.stop();
  }
}

test('the data stays for the next start, until a reset', async () => {
  await withDatabase(url =>
    query(url, 'CREATE TABLE kept AS SELECT 1 AS value'),
  );
  assert.deepEqual(
    await withDatabase(url => query(url, 'SELECT value FROM kept')),
    [{ value: 1 }],
  );
  resetDatabase();
  const [{ found }] = await withDatabase(url =>
    query(url, "SELECT to_regclass('kept') AS found"),
  );
  assert.equal(found, null);
});
