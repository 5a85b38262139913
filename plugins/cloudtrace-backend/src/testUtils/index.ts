export {
  startTestPostgres,
  type TestDatabase,
  type TestDatabases,
} from './createTestDatabase';
export {
  testPostgresVersions,
  type TestPostgresVersion,
} from './postgresBinaries';
export { TestPostgres, type TestPostgresOptions } from './TestPostgres';
