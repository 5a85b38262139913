#!/usr/bin/env node
// `npm test`: installs missing dependencies and runs every check of the
// repository. `npm test -- <name> …` runs only the named checks, and `npm test
// -- --list` lists them.
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { install, isInstalled } from './dev/install.mjs';
import { checkNode } from './dev/preflight.mjs';
import { UserError } from './dev/UserError.mjs';
import { localDir } from './lib/paths.mjs';
import { checks } from './check/checks.mjs';
import { runCheck } from './check/runCheck.mjs';
import { scheduleChecks } from './check/scheduleChecks.mjs';

const USAGE = `Installs what is missing and runs every check of the repository.

Usage: npm test -- [name …]

  --list   name the checks
  --help   show this text`;

async function runAndPrint(check, reportDir) {
  const skip = check.skip?.();
  if (skip) {
    console.log(`\n=== ${check.title}\nSKIPPED: ${skip}`);
    return { passed: 0, failed: 0 };
  }
  const since = Date.now();
  console.log(`\n=== ${check.title}`);
  const { passed, failed, output } = await runCheck(check, reportDir);
  if (output) console.log(`\n=== Output of: ${check.title}\n${output}`);
  console.log(
    `--- ${check.title}: ${passed} passed, ${failed} failed (${Math.round(
      (Date.now() - since) / 1000,
    )} s)`,
  );
  return { passed, failed };
}

async function main() {
  const names = process.argv.slice(2);
  if (names.includes('--help')) {
    console.log(USAGE);
    return 0;
  }
  if (names.includes('--list')) {
    for (const check of checks) console.log(`${check.name}: ${check.title}`);
    return 0;
  }
  const unknown = names.filter(name => !checks.some(c => c.name === name));
  if (unknown.length) {
    throw new UserError(
      `Unknown check: ${unknown.join(', ')}. Choose from: ${checks
        .map(check => check.name)
        .join(', ')}.`,
    );
  }
  checkNode();
  if (!isInstalled()) {
    console.log('Installing dependencies …');
    await install();
  }
  const reportDir = join(localDir, 'test-reports');
  mkdirSync(reportDir, { recursive: true });

  const chosen = checks.filter(
    ({ name }) => !names.length || names.includes(name),
  );
  const cores = Math.min(availableParallelism(), 2);
  const counts = await scheduleChecks(
    chosen,
    check => runAndPrint(check, reportDir),
    cores,
  );
  const total = { passed: 0, failed: 0 };
  for (const { passed, failed } of counts) {
    total.passed += passed;
    total.failed += failed;
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

main().then(
  code => process.exit(code),
  error => {
    console.error(error instanceof UserError ? error.message : error);
    process.exit(1);
  },
);
