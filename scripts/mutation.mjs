#!/usr/bin/env node
// `yarn mutation [area or file …]`: changes the dangerous files in many small
// ways and counts the changes that no test notices. See docs/mutation.md.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { localDir, rootDir } from './lib/paths.mjs';
import { describeScores } from './mutation/describeScores.mjs';
import { selectAreas } from './mutation/selectAreas.mjs';

const packageDir = join(rootDir, 'plugins/cloudtrace-backend');
const sourceDir = join(packageDir, 'src');
const reportDir = join(localDir, 'mutation');

async function runArea({ name, files, tests }) {
  // The test runner is a process of its own, which reads this in jest.config.cjs.
  process.env.CLOUDTRACE_MUTATION_TESTS = JSON.stringify(tests);
  return new Stryker({
    mutate: files.map(file => `src/${file}`),
    testRunner: 'jest',
    plugins: ['@stryker-mutator/jest-runner'],
    jest: {
      configFile: join(rootDir, 'scripts/mutation/jest.config.cjs'),
      // The area names its tests; finding related ones takes longer than running them.
      enableFindRelatedTests: false,
    },
    coverageAnalysis: 'perTest',
    // A timeout counts as noticed, so a busy machine must not cause one.
    timeoutMS: 30_000,
    concurrency: Number(process.env.CLOUDTRACE_MUTATION_WORKERS ?? 2),
    tempDirName: join(reportDir, 'sandboxes'),
    symlinkNodeModules: false,
    // An area below this share of noticed mutants fails the nightly run.
    thresholds: { high: 95, low: 90, break: 85 },
    reporters: ['html', 'clear-text', 'progress-append-only'],
    clearTextReporter: { logTests: false, reportTests: false },
    htmlReporter: { fileName: join(reportDir, `${name}.html`) },
    allowConsoleColors: false,
  }).runMutationTest();
}

async function main() {
  const selected = selectAreas(process.argv.slice(2));
  mkdirSync(reportDir, { recursive: true });
  // Backstage's Jest configuration is that of the package in the current folder.
  process.chdir(packageDir);
  for (const area of selected) {
    const since = Date.now();
    const mutants = await runArea(area);
    const seconds = Math.round((Date.now() - since) / 1000);
    writeFileSync(
      join(reportDir, `${area.name}.json`),
      JSON.stringify(mutants, undefined, 1),
    );
    const scores = describeScores(mutants, sourceDir);
    console.log(`\n${area.name}, ${seconds} s\n\n${scores}\n`);
  }
}

main().catch(error => {
  console.error(error.message);
  process.exit(1);
});
