export * from './RequestArchive';
export * from './archiveRows';
export * from './extensionPoint';
