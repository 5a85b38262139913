#!/usr/bin/env node
// `yarn distribute [--config <file> …]`: migrates the database of CloudTrace and distributes its tables with Citus, as a
// backend does at its start, but however large they are. docs/scaling.md describes it.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { rootDir } from './lib/paths.mjs';

const USAGE = `Distributes the tables of CloudTrace with Citus.

Usage: yarn distribute [--config <file> …]

  --config <file>   app-config of the portal; repeat it as for the backend.
                    Default: app-config.yaml and app-config.local.yaml here

The database, its division by schema, and cloudtrace.database.shardCount are
those of this configuration. Variables such as \${POSTGRES_PASSWORD} in it and
APP_CONFIG_… are read from the environment.`;

const args = process.argv.slice(2);
if (args.includes('--help')) {
  console.log(USAGE);
  process.exit(0);
}
const bad = args.find(
  (arg, at) =>
    !arg.startsWith('--config') && !(at > 0 && args[at - 1] === '--config'),
);
if (bad !== undefined) {
  // It may be a URL with a password, so it is not printed again.
  console.error(
    `Argument ${
      args.indexOf(bad) + 1
    } is not known: the database comes from the configuration, so that no password is in the list of processes.\n\n${USAGE}`,
  );
  process.exit(1);
}

const require = createRequire(import.meta.url);
require(require.resolve('@backstage/cli/config/nodeTransform.cjs'));
const database = join(rootDir, 'plugins/cloudtrace-backend/src/database');
const { distributeStore } = require(join(
  database,
  'distribution/distributeStore.ts',
));
const { DatabaseManager } = require('@backstage/backend-defaults/database');
const { ConfigSources } = require('@backstage/config-loader');

/** What Backstage's database needs of a backend; only its warnings matter here. */
const logger = {
  error: message => console.error(message),
  warn: message => console.error(message),
  info: () => undefined,
  debug: () => undefined,
  child: () => logger,
};
const lifecycle = {
  addStartupHook: () => undefined,
  addShutdownHook: () => undefined,
};

try {
  const config = await ConfigSources.toConfig(
    ConfigSources.default({ rootDir: process.cwd() }),
  );
  const moved = await distributeStore({
    config,
    database: DatabaseManager.fromConfig(config).forPlugin('cloudtrace', {
      logger,
      lifecycle,
    }),
    logger: { info: message => console.log(message) },
  });
  console.log(`Distributed ${moved.length} tables`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
// The pool and the watch of the configuration go on otherwise.
process.exit();
