export {
  startTestPostgres,
  type TestDatabase,
  type TestDatabases,
} from './createTestDatabase';
export {
  testPostgresVersions,
  type TestPostgresVersion,
} from './testPostgresVersions';
export { TestPostgres, type TestPostgresOptions } from './TestPostgres';
