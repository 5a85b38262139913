// Runs the version before the newest migration beside the present one, on one
// database: both read and write, and the older one also starts on the newer
// schema.
//
//   yarn try:upgrade [commit]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { call } from '../../scripts/lib/portal.mjs';
import { rootDir } from '../../scripts/lib/paths.mjs';
import { buildFrontend } from './buildFrontend.mjs';
import { checkLedger } from './checkLedger.mjs';
import {
  checkoutVersion,
  commitBeforeNewestMigration,
} from './checkoutVersion.mjs';
import { LedgerSender } from './LedgerSender.mjs';
import { startReplicas } from './startReplicas.mjs';
import { createToken } from './tokens.mjs';

const ENTITY = 'component:default/ledger';
const READS = [
  'environments',
  'overview?environment=trial',
  'load-distribution?environment=trial',
  'requests?environment=trial',
  'health?environment=trial',
  'scaling?environment=trial',
  'failovers?environment=trial',
  'timeline?environment=trial',
  'diagnostics?environment=trial',
  'scans',
  'findings',
  'tokens',
];
/** Several compactions, and collection cycles of both versions. */
const TOGETHER_MS = 45_000;

const logFolder = join(rootDir, '.local/upgrade-trial');
mkdirSync(logFolder, { recursive: true });

function report(what, ok, detail) {
  console.log(`${ok ? 'ok      ' : 'FAILED  '}${what}: ${detail}`);
  if (!ok) process.exitCode = 1;
}

async function checkReads(replica, what) {
  const { backstageIdentity } = await call(
    `${replica.url}/api/auth/guest/refresh`,
  );
  const headers = { authorization: `Bearer ${backstageIdentity.token}` };
  const failed = [];
  for (const read of READS) {
    const response = await fetch(
      `${replica.url}/api/cloudtrace/v1/entities/component/default/ledger/${read}`,
      { headers },
    );
    if (response.status !== 200) failed.push(`${read} ${response.status}`);
  }
  report(
    `reads of ${what}`,
    failed.length === 0,
    failed.join(', ') || `${READS.length} of ${READS.length}`,
  );
}

const commit = process.argv[2] ?? commitBeforeNewestMigration();
console.log(`The older version is ${commit}`);
buildFrontend();
const older = checkoutVersion(commit);
let trial;
try {
  trial = await startReplicas({
    count: 3,
    logFolder,
    root: older.folder,
    config: { cloudtrace_fleet_frequency: { seconds: 10 } },
  });
  const migrations = async () =>
    (await trial.query('SELECT name FROM cloudtrace.knex_migrations')).length;
  const before = await migrations();
  const { secret } = await createToken(trial.url, ENTITY, 'requests', 'trial');
  const sender = new LedgerSender({ url: trial.url, secret });
  const [first, second, third] = trial.replicas;

  await trial.kill(first, 'SIGTERM');
  await trial.boot(first);
  const after = await migrations();
  report('the newer version migrates', after > before, `${before} → ${after}`);
  await sleep(TOGETHER_MS);
  await checkReads(first, 'the newer version');
  await checkReads(second, 'the older version');

  if (older.startsOnNewerSchema) {
    await trial.kill(third, 'SIGTERM');
    await trial.boot(third, { root: older.folder }).then(
      () =>
        report('the older version starts on the newer schema', true, 'ready'),
      error =>
        report(
          'the older version starts on the newer schema',
          false,
          error.message,
        ),
    );
  } else {
    console.log(
      'NOT RUN the older version starts on the newer schema: it is too old for that',
    );
  }
  await sleep(5_000);
  for (const replica of [second, third]) {
    if (replica.process) await trial.kill(replica, 'SIGTERM');
    await trial.boot(replica);
  }
  await sender.stop();
  // Lets one compaction run after the last span.
  await sleep(25_000);
  const ledger = await checkLedger(trial, sender, ENTITY);
  report(
    'every accepted span exactly once, and in the rollups',
    ledger.missing + ledger.twice + ledger.unknown === 0 &&
      ledger.accepted === sender.all.length &&
      ledger.rollups === ledger.stored,
    JSON.stringify(ledger),
  );
} finally {
  await trial?.stop();
  older.remove();
}
