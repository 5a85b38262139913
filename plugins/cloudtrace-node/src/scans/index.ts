export * from './CatalogComponents';
export * from './ScanConnector';
export * from './ScanImporter';
export * from './ScanSource';
export * from './ScanStore';
export * from './ScanWebhook';
export * from './extensionPoint';
export * from './fetchJson';
