// @ts-check
const { fastDirectory } = require('./fastDirectory');
const { PostgresServer } = require('./PostgresServer');
const { ProcessRegistry } = require('./ProcessRegistry');
const {
  downloadDirectory,
  EMBEDDED_POSTGRES_MAJOR,
  findPostgresBinaries,
  platformPackage,
  POSTGRES_MAJORS,
} = require('./postgresBinaries');
const { findFreePort, findFreeRange, isPortFree } = require('./ports');
const { isAlive, processIdentity } = require('./processIdentity');

module.exports = {
  downloadDirectory,
  EMBEDDED_POSTGRES_MAJOR,
  fastDirectory,
  findFreePort,
  findFreeRange,
  findPostgresBinaries,
  isAlive,
  isPortFree,
  platformPackage,
  POSTGRES_MAJORS,
  PostgresServer,
  ProcessRegistry,
  processIdentity,
};
