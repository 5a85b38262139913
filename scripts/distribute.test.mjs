import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const folder = mkdtempSync(join(tmpdir(), 'cloudtrace-distribute-'));
// As root, PostgreSQL runs as another user, who has to enter the folder.
chmodSync(folder, 0o711);
process.env.CLOUDTRACE_LOCAL_DIR = folder;
const { startDatabase } = await import('./dev/database.mjs');

after(() => rmSync(folder, { recursive: true, force: true }));

const script = fileURLToPath(new URL('distribute.mjs', import.meta.url));

function distribute(args, env = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [script, ...args],
    { encoding: 'utf8', cwd: folder, env: { ...process.env, ...env } },
  );
  return { status, output: stdout + stderr };
}

function writeConfig(database, cloudtrace = {}) {
  const path = join(folder, 'app-config.yaml');
  // JSON is YAML.
  writeFileSync(path, JSON.stringify({ backend: { database }, cloudtrace }));
  return path;
}

test('the database and its schema come from the configuration, the password from the environment', async () => {
  const database = await startDatabase();
  try {
    const { hostname, port, username, password, pathname } = new URL(
      database.url,
    );
    const config = writeConfig({
      client: 'pg',
      pluginDivisionMode: 'schema',
      connection: {
        host: hostname,
        port: Number(port),
        user: username,
        password: '$' + '{TRY_PASSWORD}',
        database: pathname.slice(1),
      },
    });
    const { status, output } = distribute(['--config', config], {
      TRY_PASSWORD: password || 'any',
    });
    assert.equal(status, 1);
    assert.match(
      output,
      new RegExp(
        `The tables cannot be distributed: the database '${pathname.slice(
          1,
        )}' has no extension citus`,
      ),
    );
  } finally {
    database.expectEnd();
    await database.stop();
  }
});

test('the number of shards comes from the configuration', () => {
  const config = writeConfig(
    { client: 'pg', connection: { host: '127.0.0.1', port: 1 } },
    { database: { shardCount: 0 } },
  );
  const { status, output } = distribute(['--config', config]);
  assert.equal(status, 1);
  assert.match(output, /cloudtrace\.database\.shardCount must be/);
});

test('a URL is rejected, and its password is not printed', () => {
  const { status, output } = distribute(['postgres://portal:s3cret@db/portal']);
  assert.equal(status, 1);
  assert.match(output, /Argument 1 is not known: the database comes from/);
  assert.doesNotMatch(output, /s3cret/);
});
