#!/usr/bin/env node
// `npm run dev`: one command from a fresh clone to the running portal.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describeFailures, readFleetReport } from './dev/fleetReport.mjs';
import { install, isInstalled } from './dev/install.mjs';
import { parseOptions, USAGE } from './dev/options.mjs';
import {
  findFreePort,
  findFreeRange,
} from '../packages/dev-servers/src/index.js';
import { checkNode, checkPort, checkTool } from './dev/preflight.mjs';
import { step, totalElapsed } from './dev/progress.mjs';
import { Supervisor } from './dev/Supervisor.mjs';
import { UserError } from './dev/UserError.mjs';
import { waitForUrl } from './dev/waitFor.mjs';
import { resetDatabase, startDatabase } from './dev/database.mjs';
import { localDir, rootDir } from './lib/paths.mjs';

const backstageCli = join(
  rootDir,
  'node_modules/@backstage/cli/bin/backstage-cli',
);
const demoPath = starter =>
  `/catalog/default/component/${starter}-demo/cloudtrace`;

let supervisor;
let database;

async function main() {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    console.log(USAGE);
    return;
  }
  checkNode();
  checkTool('npm', 'to install the dependencies');
  checkTool('git', 'to publish the services that the template creates');
  supervisor = await Supervisor.create();
  await checkPort(options.port, 'portal', '--port');
  await checkPort(options.backendPort, 'backend', '--backend-port');

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => shutDown(0));
  }

  if (options.reset) {
    await step('Dropping the local database and fleet data', async () => {
      resetDatabase();
      rmSync(join(localDir, 'fleet'), { recursive: true, force: true });
    });
  }
  if (!isInstalled()) {
    await step(
      'Installing dependencies (1 to 3 minutes the first time)',
      install,
    );
  }

  const watched = [];
  let databaseUrl = process.env.CLOUDTRACE_DATABASE_URL;
  if (!databaseUrl) {
    database = await step('Starting the embedded PostgreSQL', () =>
      startDatabase(),
    );
    databaseUrl = database.url;
    watched.push(database.exited);
  }

  const portalUrl = `http://localhost:${options.port}`;
  const backendUrl = `http://localhost:${options.backendPort}`;
  const env = {
    NODE_ENV: 'development',
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --no-deprecation`.trim(),
    CLOUDTRACE_DATABASE_URL: databaseUrl,
    CLOUDTRACE_LOCAL_DIR: localDir,
    CLOUDTRACE_DEMO: options.demo,
    APP_CONFIG_cloudtrace_local_directory: join(localDir, 'fleet'),
    APP_CONFIG_cloudtrace_scaffolder_localRepositories: join(
      localDir,
      'repositories',
    ),
    // Only the guest can sign in here; everywhere else owners decide.
    APP_CONFIG_permission_localPolicy:
      process.env.APP_CONFIG_permission_localPolicy ?? 'allow-all',
    APP_CONFIG_app_baseUrl: portalUrl,
    APP_CONFIG_backend_baseUrl: backendUrl,
    APP_CONFIG_backend_listen_port: String(options.backendPort),
    APP_CONFIG_backend_cors_origin: portalUrl,
  };
  const startPackage = (name, args = []) => {
    const child = supervisor.start(
      name === 'app' ? 'frontend' : name,
      process.execPath,
      [backstageCli, 'package', 'start', ...args],
      { cwd: join(rootDir, 'packages', name), env },
    );
    watched.push(child.exited);
    return child;
  };

  // Starts both at once: the frontend compiles while the backend migrates its
  // databases.
  const backend = startPackage('backend');
  const frontend = startPackage('app');
  await step('Starting the backend', () =>
    waitForUrl(
      `http://127.0.0.1:${options.backendPort}/.backstage/health/v1/readiness`,
      backend.exited,
    ),
  );
  let demoRuns = false;
  if (options.fleet) {
    await step('Starting the local fleet', async () => {
      const fleet = supervisor.start(
        'fleet',
        process.execPath,
        [
          join(rootDir, 'scripts/fleet.mjs'),
          'run',
          '--demo',
          options.demo,
          '--portal',
          `http://127.0.0.1:${options.backendPort}`,
          '--data',
          join(localDir, 'fleet'),
          '--control-port',
          String(await findFreePort(7010)),
          '--port-base',
          String(await findFreeRange(7100, 200)),
        ],
        { env },
      );
      watched.push(fleet.exited);
      const failed = await Promise.race([
        readFleetReport(fleet.stdout),
        fleet.exited,
      ]);
      demoRuns = failed.length === 0;
      return { warning: describeFailures(failed, Supervisor.logFile('fleet')) };
    });
  }
  await step('Compiling the frontend', () =>
    waitForUrl(portalUrl, frontend.exited),
  );

  console.log(`
CloudTrace is ready after ${totalElapsed()}.

  Portal        ${portalUrl}
${demoRuns ? `  Demo service  ${portalUrl}${demoPath(options.demo)}\n` : ''}
Sign in as guest. ${
    options.fleet
      ? 'Make something happen with `npm run fleet --`: status, kill, stop-zone, load, db-failover.'
      : ''
  }
Ctrl-C stops everything. The data stays in .local/ for the next start.`);

  await Promise.race(watched);
}

/** The database stops last: the others write until they end. */
async function stopAll() {
  database?.expectEnd();
  await supervisor?.stop();
  await database?.stop();
}

async function shutDown(code) {
  if (supervisor) {
    console.log('\nStopping …');
    await stopAll();
  }
  process.exit(code);
}

main().catch(async error => {
  if (error instanceof UserError) console.error(`\n${error.message}\n`);
  else console.error(error);
  await stopAll();
  process.exit(1);
});
