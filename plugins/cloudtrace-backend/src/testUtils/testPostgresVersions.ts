import {
  EMBEDDED_POSTGRES_MAJOR,
  findPostgresBinaries,
  POSTGRES_MAJORS,
} from '@internal/dev-servers';

/** Major version for tests: `14` to `18`. */
export type TestPostgresVersion = string;

/**
 * The PostgreSQL versions that database tests run on, for `describe.each`.
 * `CLOUDTRACE_TEST_PG` selects them: one major, several separated by commas, or
 * `all` that are installed; the embedded one by default.
 */
export function testPostgresVersions(): TestPostgresVersion[] {
  const wanted = process.env.CLOUDTRACE_TEST_PG ?? EMBEDDED_POSTGRES_MAJOR;
  const installed = POSTGRES_MAJORS.filter(
    major =>
      (wanted === 'all' || wanted.split(',').includes(major)) &&
      findPostgresBinaries(major),
  );
  if (installed.length === 0) {
    throw new Error(
      `No PostgreSQL for CLOUDTRACE_TEST_PG='${wanted}': use ${POSTGRES_MAJORS.join(
        ', ',
      )} or all, and install it`,
    );
  }
  return installed;
}
