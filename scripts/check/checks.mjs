import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from '../lib/findChromium.mjs';
import { rootDir } from '../lib/paths.mjs';

/** The starter that the fleet of the local portal runs, in the folder in which it is checked. */
const FLEET_STARTER = 'request-tracker';

const cli = ['node', 'node_modules/@backstage/cli/bin/backstage-cli'];

/** Some versions of Node's test runner accept folders, others patterns; all accept files. */
function testFiles(folder) {
  return readdirSync(join(rootDir, folder), { recursive: true })
    .filter(file => file.endsWith('.test.mjs'))
    .map(file => join(folder, file))
    .sort();
}

/** The template's starters that its form offers. */
function starters() {
  const file = 'templates/tracked-service/options.generated.json';
  const { options } = JSON.parse(readFileSync(join(rootDir, file), 'utf8'));
  return options.starter.choices.map(({ value }) => value);
}

function checkOfStarter(starter) {
  return {
    name: `service-${starter}`,
    title: `The starter "${starter}": types, style and unit tests of the service that the template generates`,
    command: [
      'node',
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      'templates/tracked-service/src/cli.ts',
      'starter',
      starter,
      '--report={report}',
    ],
    report: 'json',
  };
}

/**
 * Every check of the repository, in the order in which they run.
 *
 * `report` says how to count the result: `exit` counts as one test, `json` is
 * the report that Jest and Vitest write to the file `{report}`, and `tap` is
 * the output of Node's test runner. `cores` is how many cores the check keeps
 * busy (default 1), and `needs` names the checks whose output it reads.
 */
export const checks = [
  {
    name: 'types',
    title: 'TypeScript',
    command: ['node', 'node_modules/typescript-native/bin/tsc'],
    report: 'exit',
  },
  checkOfStarter(FLEET_STARTER),
  // Takes almost as long as all other checks of one core, and waits so often for
  // the browser, the portal and its fleet that they run well beside it.
  {
    name: 'browser',
    title: 'The portal in Chromium',
    needs: [`service-${FLEET_STARTER}`],
    command: [
      'node',
      '--test',
      '--test-reporter=tap',
      '--test-concurrency=1',
      ...testFiles('e2e'),
    ],
    report: 'tap',
    skip: () =>
      findChromium()
        ? undefined
        : 'no Chromium found; install it (apt-get install chromium) or set CHROMIUM_PATH.',
  },
  {
    name: 'api',
    title: 'API reports of the packages (needs the output of types)',
    needs: ['types'],
    command: [
      'node',
      'node_modules/@backstage/repo-tools/bin/backstage-repo-tools',
      'api-reports',
      'plugins/*',
      '--ci',
      '--allow-all-warnings',
      // The packages import each other's sources, which API Extractor rejects.
      '--omit-messages=ae-wrong-input-file-type,ae-undocumented',
    ],
    report: 'exit',
  },
  {
    name: 'lint',
    title: 'ESLint, with the import directions',
    command: [
      'node',
      'node_modules/eslint/bin/eslint.js',
      '--ext',
      'ts,tsx,js,mjs,cjs',
      '--max-warnings=0',
      '.',
    ],
    report: 'exit',
  },
  {
    name: 'unused',
    title: 'No unused file, export or dependency',
    command: ['node', 'node_modules/knip/bin/knip.js', '--no-progress'],
    report: 'exit',
  },
  {
    name: 'cycles',
    title: 'No cycle between folders',
    command: [
      'node',
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '.dependency-cruiser.cjs',
      'plugins',
      'packages',
      'templates/tracked-service/src',
    ],
    report: 'exit',
  },
  {
    name: 'catalog',
    title: 'catalog-info.yaml of every package',
    command: [
      'node',
      'node_modules/@backstage/repo-tools/bin/backstage-repo-tools',
      'generate-catalog-info',
      '--ci',
    ],
    report: 'exit',
  },
  {
    name: 'format',
    title: 'Prettier',
    command: ['node', 'node_modules/prettier/bin-prettier.js', '--check', '.'],
    report: 'exit',
  },
  {
    name: 'template',
    title: 'The template, rendered with a sample of its options',
    command: [
      'node',
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      'templates/tracked-service/src/cli.ts',
      'check',
    ],
    report: 'exit',
  },
  ...starters()
    .filter(starter => starter !== FLEET_STARTER)
    .map(checkOfStarter),
  {
    name: 'healing',
    title: 'The function of the template that restores what is declared',
    command: [
      'node',
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      'templates/tracked-service/src/cli.ts',
      'function',
      'features/self-healing/healing',
      '--report={report}',
    ],
    report: 'json',
  },
  {
    name: 'scripts',
    title: 'Tests of the command-line scripts',
    command: [
      'node',
      '--test',
      '--test-reporter=tap',
      ...testFiles('eslint'),
      ...testFiles('scripts'),
    ],
    report: 'tap',
  },
  {
    name: 'unit',
    title: 'Unit, database, backend and component tests',
    cores: 2,
    command: [
      ...cli,
      'repo',
      'test',
      '--watchAll=false',
      // One more than cores: a quarter of the time, a test waits for PostgreSQL,
      // a timer or another process.
      '--maxWorkers=3',
      '--json',
      '--outputFile={report}',
    ],
    env: { CI: 'true' },
    report: 'json',
  },
];
