import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureYarn } from '../lib/ensureYarn.mjs';
import { localDir, rootDir } from '../lib/paths.mjs';
import { UserError } from './UserError.mjs';

const stampFile = join(rootDir, 'node_modules/.cloudtrace-installed');

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(rootDir, 'yarn.lock')))
    .digest('hex');
}

/** Whether node_modules matches yarn.lock. */
export function isInstalled() {
  return (
    existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lockHash()
  );
}

/** Installs the dependencies at the versions of yarn.lock. `report` receives Yarn's progress. */
export async function install(report = () => {}) {
  const yarn = await ensureYarn();
  mkdirSync(localDir, { recursive: true });
  const output = [];
  const code = await new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [yarn, 'install', ...(process.env.CI ? ['--immutable'] : [])],
      {
        cwd: rootDir,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, FORCE_COLOR: '0' },
      },
    );
    const listen = stream =>
      stream.on('data', chunk => {
        for (const line of chunk.toString().split('\n').filter(Boolean)) {
          output.push(line);
          report(line.replace(/^➤ YN\d+: [│┌└·]?\s*/, ''));
        }
      });
    listen(child.stdout);
    listen(child.stderr);
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) {
    throw new UserError(
      `The dependencies could not be installed:\n${output
        .filter(line => !/YN000[24]|YN0060|YN0086/.test(line))
        .slice(-15)
        .map(line => `  ${line}`)
        .join(
          '\n',
        )}\nCheck the network and the free disk space (3 GB), and run the command again.`,
    );
  }
  writeFileSync(stampFile, lockHash());
}
