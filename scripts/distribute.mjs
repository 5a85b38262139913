#!/usr/bin/env node
// `yarn distribute <postgres URL>`: migrates a database of CloudTrace and distributes its tables with Citus, as a
// backend does at its start. docs/scaling.md describes it.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { rootDir } from './lib/paths.mjs';

const [url, shardCount = '32'] = process.argv.slice(2);
if (!url) {
  console.error('Usage: yarn distribute <postgres URL> [number of shards]');
  process.exit(1);
}
const require = createRequire(import.meta.url);
require(require.resolve('@backstage/cli/config/nodeTransform.cjs'));
const database = join(rootDir, 'plugins/cloudtrace-backend/src/database');
const { applyDatabaseMigrations } = require(join(database, 'migrations.ts'));
const { readDatabaseConfig } = require(join(database, 'config.ts'));
const { distributeTables } = require(join(
  database,
  'distribution/distributeTables.ts',
));
const { assertCoordinator } = require(join(
  database,
  'distribution/assertCoordinator.ts',
));
const { ConfigReader } = require('@backstage/config');
const knex = require('knex')({ client: 'pg', connection: url });

try {
  const { distribution } = readDatabaseConfig(
    new ConfigReader({
      cloudtrace: {
        database: { distributed: true, shardCount: Number(shardCount) },
      },
    }),
  );
  await assertCoordinator(knex);
  await applyDatabaseMigrations(knex);
  const moved = await distributeTables(knex, distribution, {
    info: message => console.log(message),
  });
  console.log(`Distributed ${moved.length} tables`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await knex.destroy();
}
