// Starts three backends on one PostgreSQL behind a balancer without sticky
// sessions, kills replicas, and measures what docs/operations.md promises.
//
//   yarn try:replicas [--pooler]   with PgBouncer in transaction mode
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { rootDir } from '../../scripts/lib/paths.mjs';
import { launchBrowser, signIn } from '../support/browser.mjs';
import { buildFrontend } from './buildFrontend.mjs';
import { checkLedger } from './checkLedger.mjs';
import { LedgerSender } from './LedgerSender.mjs';
import { LEASES, measureTakeover } from './measureTakeover.mjs';
import { countNotifications, countSignals } from './signals.mjs';
import { startReplicas } from './startReplicas.mjs';
import { createToken, measureRevocation, useUpQuota } from './tokens.mjs';
import { ViewWalk } from './ViewWalk.mjs';

const LIMIT_MS = 30_000;
const QUOTA_MIB = 64;
/** Bodies that replicas accept before they learn what the others accepted. */
const QUOTA_SLACK_MIB = 32;

const logFolder = join(rootDir, '.local/replicas-trial');
mkdirSync(logFolder, { recursive: true });

function report(what, ok, detail) {
  console.log(`${ok ? 'ok      ' : 'FAILED  '}${what}: ${detail}`);
  if (!ok) process.exitCode = 1;
}

async function killLeaders(trial) {
  for (const lease of LEASES) {
    const { victim, tookMs } = await measureTakeover(trial, lease);
    for (const [name, ms] of Object.entries(tookMs)) {
      report(`takeover of ${name}`, ms <= LIMIT_MS, `${ms} ms after kill -9`);
    }
    await trial.boot(victim);
    if (LEASES.every(name => name in tookMs)) break;
  }
}

async function watchWhileKilled(trial, page) {
  const walk = new ViewWalk(page);
  await walk.learn(trial.url);
  const [victim] = trial.replicas;
  const walking = walk.walk();
  await sleep(1_000);
  await trial.kill(victim);
  const during = await walking;
  const after = await walk.walk();
  await trial.boot(victim);
  for (const { view, line, recovered } of [...during, ...after]) {
    report(`view ${view}`, recovered, `"${line}", recovered: ${recovered}`);
  }
  report('views while a replica is killed', true, 'two rounds');
  await page.screenshot({ path: join(logFolder, 'last-view.png') });
}

buildFrontend();
const trial = await startReplicas({
  count: 3,
  pooler: process.argv.includes('--pooler'),
  logFolder,
  config: {
    cloudtrace_fleet_frequency: { seconds: 10 },
    cloudtrace_ingest_quotas_bytesPerDay: QUOTA_MIB * 1024 * 1024,
  },
});
let browser;
try {
  console.log(`Portal with three replicas: ${trial.url}`);
  await trial.startFleet();
  const { secret } = await createToken(
    trial.url,
    'component:default/ledger',
    'requests',
    'trial',
  );
  const sender = new LedgerSender({ url: trial.url, secret });

  await killLeaders(trial);

  browser = await launchBrowser();
  const signals = await countSignals(trial, browser);
  report(
    'signals of one event',
    signals.every(count => count === 1),
    `${signals.join(', ')} on the pages of the replicas`,
  );

  const [, instance] = (await trial.fleet('status')).match(
    /(local-i-[0-9a-f]+)\s+\S+\s+in-service/,
  );
  await trial.fleet('kill', instance);
  const page = await browser.newPage({
    viewport: { width: 1440, height: 1000 },
  });
  page.setDefaultTimeout(60_000);
  await signIn(page, trial.url);
  await page.getByRole('link', { name: 'Settings' }).first().waitFor();
  await watchWhileKilled(trial, page);

  const { notifications, twice } = await countNotifications(trial);
  report(
    'notifications once',
    notifications > 0 && twice.length === 0,
    `${notifications} sent, ${twice.length} of them twice`,
  );

  const revokedMs = await measureRevocation(trial);
  report(
    'a revoked token is rejected by all',
    revokedMs <= LIMIT_MS,
    `${revokedMs} ms`,
  );

  await sender.stop();
  const ledger = await checkLedger(trial, sender, 'component:default/ledger');
  report(
    'every accepted span exactly once',
    ledger.missing + ledger.twice + ledger.unknown === 0 &&
      ledger.rollups >= ledger.stored,
    JSON.stringify(ledger),
  );

  const quota = await useUpQuota(trial, QUOTA_MIB);
  report(
    'a quota holds for all replicas together',
    quota.rejecting === trial.replicas.length &&
      quota.acceptedMib <= QUOTA_MIB + QUOTA_SLACK_MIB,
    `${quota.acceptedMib} of ${QUOTA_MIB} MiB accepted, then ${quota.rejecting} replicas reject`,
  );
} finally {
  await browser?.close();
  await trial.stop();
}
