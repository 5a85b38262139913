// @ts-check
exports.PostgresServer = require('./PostgresServer').PostgresServer;
exports.ProcessRegistry = require('./ProcessRegistry').ProcessRegistry;
exports.EMBEDDED_POSTGRES_MAJOR =
  require('./postgresBinaries').EMBEDDED_POSTGRES_MAJOR;
exports.POSTGRES_MAJORS = require('./postgresBinaries').POSTGRES_MAJORS;
exports.findPostgresBinaries =
  require('./postgresBinaries').findPostgresBinaries;
exports.findFreePort = require('./ports').findFreePort;
exports.findFreeRange = require('./ports').findFreeRange;
exports.isPortFree = require('./ports').isPortFree;
exports.isAlive = require('./processIdentity').isAlive;
exports.processIdentity = require('./processIdentity').processIdentity;
