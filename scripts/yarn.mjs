#!/usr/bin/env node
// Runs Yarn 4 for people who have only npm: the pinned release comes from the
// npm package
// @yarnpkg/cli-dist and stays in .local/tools, so the repository contains no
// Yarn release file.
import { spawn } from 'node:child_process';
import { ensureYarn } from './lib/ensureYarn.mjs';

const yarn = await ensureYarn();
const child = spawn(process.execPath, [yarn, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => child.kill(signal));
}
child.on('exit', (code, signal) => process.exit(signal ? 1 : code ?? 1));
