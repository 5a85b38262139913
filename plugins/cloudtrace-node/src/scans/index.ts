export * from './ScanImporter';
export * from './ScanSource';
export * from './extensionPoint';
