import {
  EMBEDDED_POSTGRES_MAJOR,
  findPostgresBinaries,
  POSTGRES_MAJORS,
} from '@internal/dev-servers';

import { testCitusUrl } from './TestCitus';

/** Major version for tests: `14` to `18`. */
export type TestPostgresVersion = string;

/**
 * The PostgreSQL versions that database tests run on, for `describe.each`.
 * `CLOUDTRACE_TEST_PG` selects them: one major, several separated by commas, or
 * `all` that are installed; the embedded one by default.
 */
export function testPostgresVersions(): TestPostgresVersion[] {
  if (testCitusUrl()) return ['of a coordinator'];
  const wanted = process.env.CLOUDTRACE_TEST_PG || EMBEDDED_POSTGRES_MAJOR;
  if (wanted === 'all') {
    return POSTGRES_MAJORS.filter(major => findPostgresBinaries(major));
  }
  const majors = wanted.split(',');
  const missing = majors.filter(
    major => !POSTGRES_MAJORS.includes(major) || !findPostgresBinaries(major),
  );
  if (missing.length > 0) {
    throw new Error(
      `No PostgreSQL ${missing.join(
        ', ',
      )} for CLOUDTRACE_TEST_PG='${wanted}': use ${POSTGRES_MAJORS.join(
        ', ',
      )} or all, and download it with 'yarn test:postgres ${missing[0]}'`,
    );
  }
  return majors;
}

/** The version for tests that run on one only: the embedded one if it is selected. */
export function testPostgresVersion(): TestPostgresVersion {
  const versions = testPostgresVersions();
  return versions.includes(EMBEDDED_POSTGRES_MAJOR)
    ? EMBEDDED_POSTGRES_MAJOR
    : versions[0];
}
