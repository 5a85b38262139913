#!/usr/bin/env node
// `yarn test:citus [test path …]`: runs the database tests on the coordinator that CLOUDTRACE_TEST_CITUS names, one file
// after the other, in one database that is emptied between tests. docs/scaling.md says how to start one.
import { spawnSync } from 'node:child_process';
import { rootDir } from './lib/paths.mjs';

const BACKEND = 'plugins/cloudtrace-backend/src';
/** Operations, rollups, ingest and scans. */
const SUITES = [
  `${BACKEND}/database/distribution`,
  `${BACKEND}/rollups`,
  `${BACKEND}/[a-z]+/database`,
  `${BACKEND}/ingest/tests`,
  `${BACKEND}/scans/tests`,
  `${BACKEND}/tokens`,
  `${BACKEND}/overview`,
  `${BACKEND}/tests`,
];
/** Files of these suites that do not run there, and why. */
const LEFT_OUT = [
  [
    `${BACKEND}/database/[a-zA-Z]+\\.test`,
    'needs databases without tables, or explains the plans of one PostgreSQL',
  ],
  [
    `${BACKEND}/ingest/tests/(manyNames|stampede)`,
    'starts a PostgreSQL of its own; yarn bench citus lets many services send new names at once',
  ],
  [
    `${BACKEND}/ingest/tests/faults`,
    'ends or fills servers of its own; faults/citus kills and freezes workers: see docs/scaling.md',
  ],
  [`${BACKEND}/tests/outage`, 'ends the server that it uses'],
];

if (!process.env.CLOUDTRACE_TEST_CITUS) {
  console.log(
    'NOT RUN: tests on Citus. Set CLOUDTRACE_TEST_CITUS to the URL of an empty database on a coordinator.',
  );
  process.exit(0);
}
const paths = process.argv.slice(2);
if (paths.length === 0) {
  for (const [path, reason] of LEFT_OUT) {
    console.log(`NOT RUN: ${path}: ${reason}`);
  }
}
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/@backstage/cli/bin/backstage-cli',
    ...['repo', 'test', '--watchAll=false', '--runInBand'],
    ...(paths.length > 0
      ? paths
      : [
          ...SUITES,
          '--testPathIgnorePatterns',
          ...LEFT_OUT.map(([path]) => path),
        ]),
  ],
  { cwd: rootDir, stdio: 'inherit', env: { ...process.env, CI: 'true' } },
);
process.exit(status ?? 1);
