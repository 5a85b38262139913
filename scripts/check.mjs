#!/usr/bin/env node
// `npm test`: installs what is missing and runs every check of the repository.
// `npm test -- <name> …` runs only the named checks, `npm test -- --list` names them.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { install, isInstalled } from './dev/install.mjs';
import { checkNode } from './dev/preflight.mjs';
import { UserError } from './dev/UserError.mjs';
import { localDir } from './lib/paths.mjs';
import { checks } from './check/checks.mjs';
import { runCheck } from './check/runCheck.mjs';

async function main() {
  const names = process.argv.slice(2);
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

  const total = { passed: 0, failed: 0 };
  for (const check of checks) {
    if (names.length && !names.includes(check.name)) continue;
    console.log(`\n=== ${check.title}`);
    const skip = check.skip?.();
    if (skip) {
      console.log(`SKIPPED: ${skip}`);
      continue;
    }
    const since = Date.now();
    const { passed, failed } = await runCheck(check, reportDir);
    total.passed += passed;
    total.failed += failed;
    console.log(
      `--- ${check.title}: ${passed} passed, ${failed} failed (${Math.round(
        (Date.now() - since) / 1000,
      )} s)`,
    );
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
