#!/usr/bin/env node
// `yarn test:postgres <major …> [test path …]`: runs the database tests on these PostgreSQL versions, which it downloads
// into .local/postgres. `all` stands for every supported version.
import { spawnSync } from 'node:child_process';
import { POSTGRES_MAJORS } from '@internal/dev-servers';
import { rootDir } from './lib/paths.mjs';
import { downloadPostgres } from './postgres/downloadPostgres.mjs';

const args = process.argv.slice(2);
const majors = args.includes('all')
  ? POSTGRES_MAJORS
  : args.filter(arg => /^\d+$/.test(arg));
const paths = args.filter(arg => arg !== 'all' && !/^\d+$/.test(arg));
const unknown = majors.filter(major => !POSTGRES_MAJORS.includes(major));
if (majors.length === 0 || unknown.length > 0) {
  console.error(
    `Usage: yarn test:postgres <major …> [test path …], where a major is one of ${POSTGRES_MAJORS.join(
      ', ',
    )}, or all.`,
  );
  process.exit(1);
}

const failed = majors.filter(major => {
  downloadPostgres(major);
  console.log(`\n=== Database tests on PostgreSQL ${major}`);
  const { status } = spawnSync(
    process.execPath,
    [
      'node_modules/@backstage/cli/bin/backstage-cli',
      ...['repo', 'test', '--watchAll=false', '--maxWorkers=2'],
      ...(paths.length > 0 ? paths : ['plugins/cloudtrace-backend']),
    ],
    {
      cwd: rootDir,
      stdio: 'inherit',
      env: { ...process.env, CI: 'true', CLOUDTRACE_TEST_PG: major },
    },
  );
  return status !== 0;
});
if (failed.length > 0) {
  console.error(`\nTests failed on PostgreSQL ${failed.join(', ')}.`);
  process.exit(1);
}
