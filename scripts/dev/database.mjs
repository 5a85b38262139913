import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { localDir, rootDir } from '../lib/paths.mjs';
import { findFreePort } from './preflight.mjs';
import { endGroup, startTime } from './processes.mjs';
import { UserError } from './UserError.mjs';

const dataDir = join(localDir, 'postgres');
const passwordFile = join(localDir, 'postgres.password');
const major = 18;

/** Drops the local database. */
export function resetDatabase() {
  rmSync(dataDir, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
}

function checkDataDir() {
  if (!existsSync(dataDir) || readdirSync(dataDir).length === 0) return;
  const versionFile = join(dataDir, 'PG_VERSION');
  const advice =
    'run `npm run dev -- --reset` to start with an empty database, or move the folder away';
  if (!existsSync(versionFile) || !existsSync(passwordFile)) {
    throw new UserError(
      `The database folder ${dataDir} is not complete: ${advice}.`,
    );
  }
  const version = readFileSync(versionFile, 'utf8').trim();
  if (version !== String(major)) {
    throw new UserError(
      `The database folder ${dataDir} is of PostgreSQL ${version}, but ${major} is installed: ${advice}.`,
    );
  }
}

/** Ends a server of this data folder that outlived a run which was killed hard. */
async function endOrphan() {
  const pidFile = join(dataDir, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const [pid, directory] = readFileSync(pidFile, 'utf8').split('\n');
  if (directory === dataDir && startTime(pid)) {
    try {
      process.kill(Number(pid), 'SIGINT');
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
    const deadline = Date.now() + 10_000;
    while (existsSync(pidFile) && Date.now() < deadline) {
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    if (existsSync(pidFile)) await endGroup(Number(pid), 0);
  }
}

/**
 * Starts the embedded PostgreSQL with its data in .local/postgres.
 *
 * @returns the connection URL of its `cloudtrace` database.
 */
export async function startDatabase(supervisor) {
  checkDataDir();
  await endOrphan();
  mkdirSync(localDir, { recursive: true });
  if (!existsSync(passwordFile)) {
    writeFileSync(passwordFile, randomBytes(18).toString('base64url'));
    chmodSync(passwordFile, 0o600);
  }
  const password = readFileSync(passwordFile, 'utf8').trim();
  const port = await findFreePort(15432);
  const child = supervisor.start('database', process.execPath, [
    join(rootDir, 'scripts/dev/postgres.mjs'),
    dataDir,
    String(port),
    passwordFile,
  ]);
  const ready = new Promise(resolve => {
    child.stdout.on('data', chunk => {
      if (chunk.toString().includes('CLOUDTRACE_POSTGRES_READY')) resolve();
    });
  });
  await Promise.race([ready, child.exited]);
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/cloudtrace`,
    exited: child.exited,
  };
}
