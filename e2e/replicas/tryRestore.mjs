// Backs up a portal's database with pg_dump, restores it into an empty one, and
// compares row counts and what the API returns.
//
//   CLOUDTRACE_POSTGRES_15=/usr/lib/postgresql/15/bin yarn try:restore
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  findPostgresBinaries,
  POSTGRES_MAJORS,
} from '../../packages/dev-servers/src/index.js';
import { call } from '../../scripts/lib/portal.mjs';
import { rootDir } from '../../scripts/lib/paths.mjs';
import { buildFrontend } from './buildFrontend.mjs';
import { LedgerSender } from './LedgerSender.mjs';
import { startReplicas } from './startReplicas.mjs';
import { createToken } from './tokens.mjs';

const ENTITY = 'component:default/ledger';
const RESTORED = 'restored';
/** Long enough for several commits and one compaction. */
const SEND_MS = 45_000;

const toolsOf = binaries => dirname(binaries.postgres);
const binaries = POSTGRES_MAJORS.map(major => findPostgresBinaries(major)).find(
  found => found && existsSync(join(toolsOf(found), 'pg_dump')),
);
if (!binaries) {
  console.log(
    'NOT RUN: no PostgreSQL with pg_dump found; set CLOUDTRACE_POSTGRES_<major> to its folder.',
  );
  process.exit(0);
}

const logFolder = join(rootDir, '.local/restore-trial');
mkdirSync(logFolder, { recursive: true });

function report(what, ok, detail) {
  console.log(`${ok ? 'ok      ' : 'FAILED  '}${what}: ${detail}`);
  if (!ok) process.exitCode = 1;
}

/** Rows of every table, with those of its partitions. */
async function countRows(connectionString) {
  const { Client } = createRequire(import.meta.url)('pg');
  const client = new Client({ connectionString });
  await client.connect();
  try {
    const { rows: tables } = await client.query(
      `SELECT format('%I.%I', n.nspname, c.relname) AS name
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
          AND n.nspname NOT IN ('pg_catalog', 'information_schema')
        ORDER BY 1`,
    );
    const counts = {};
    for (const { name } of tables) {
      const { rows } = await client.query(`SELECT count(*)::int FROM ${name}`);
      counts[name] = rows[0].count;
    }
    return counts;
  } finally {
    await client.end();
  }
}

/** What depends on the time of the response. */
const TIMES = ['asOf', 'rawSince'];

/** What the API returns for a fixed range, without the time of the response. */
async function readFigures(url, range) {
  const { backstageIdentity } = await call(`${url}/api/auth/guest/refresh`);
  const figures = {};
  for (const path of [
    `load-distribution?environment=trial&${range}`,
    `requests?environment=trial&${range}`,
    `timeline?environment=trial&${range}`,
    `scans?${range}`,
    'findings',
    'tokens',
  ]) {
    const body = await call(
      `${url}/api/cloudtrace/v1/entities/component/default/ledger/${path}`,
      { headers: { authorization: `Bearer ${backstageIdentity.token}` } },
    );
    figures[path.split('?')[0]] = JSON.parse(
      JSON.stringify(body, (key, value) =>
        TIMES.includes(key) ? undefined : value,
      ),
    );
  }
  return figures;
}

async function uploadScan(url) {
  const { secret } = await createToken(url, ENTITY, 'scans', 'trial');
  await call(`${url}/api/cloudtrace/scans/sarif`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${secret}`,
      'content-type': 'application/json',
    },
    body: readFileSync(join(rootDir, 'scripts/demoScans/round1/eslint.sarif')),
  });
}

buildFrontend();
const trial = await startReplicas({ count: 1, logFolder, binaries });
try {
  const [replica] = trial.replicas;
  const from = new Date(Date.now() - 60_000).toISOString();
  const { secret } = await createToken(trial.url, ENTITY, 'requests', 'trial');
  const sender = new LedgerSender({ url: trial.url, secret });
  await uploadScan(trial.url);
  await sleep(SEND_MS);
  await sender.stop();
  const range = `from=${from}&to=${new Date().toISOString()}`;
  // Lets the last compaction and the last note of a token's use be over.
  await sleep(30_000);
  const figures = await readFigures(trial.url, range);
  await trial.kill(replica, 'SIGTERM');

  const source = trial.connectionStringOf('cloudtrace');
  const target = trial.connectionStringOf(RESTORED);
  const before = await countRows(source);
  const tool = (name, ...args) =>
    execFileSync(join(toolsOf(binaries), name), args, { stdio: 'inherit' });
  const file = join(logFolder, 'portal.dump');
  tool('pg_dump', '--format=custom', `--file=${file}`, source);
  await trial.query(`CREATE DATABASE ${RESTORED}`);
  tool('pg_restore', '--exit-on-error', '--jobs=2', `--dbname=${target}`, file);

  const after = await countRows(target);
  const total = counts => Object.values(counts).reduce((sum, n) => sum + n, 0);
  report(
    'rows of all tables',
    isDeepStrictEqual(after, before),
    `${total(before)} → ${total(after)} rows in ${
      Object.keys(before).length
    } tables, of which ${after['cloudtrace.requests']} requests`,
  );

  await trial.boot(replica, { env: { CLOUDTRACE_DATABASE_URL: target } });
  const restored = await readFigures(trial.url, range);
  for (const [path, expected] of Object.entries(figures)) {
    report(
      `figures of ${path}`,
      isDeepStrictEqual(restored[path], expected),
      `${JSON.stringify(expected).length} bytes of JSON`,
    );
  }
  const again = new LedgerSender({ url: trial.url, secret, workers: 1 });
  await sleep(2_000);
  await again.stop();
  report(
    'the old token still works',
    again.accepted.length === again.all.length && again.all.length > 0,
    `${again.accepted.length} spans accepted`,
  );
} finally {
  await trial.stop();
}
