export * from './accountTables.js';
export * from './eventTables.js';
export * from './messageTables.js';
