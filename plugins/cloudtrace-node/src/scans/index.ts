export * from './ScanImporter';
export * from './extensionPoint';
