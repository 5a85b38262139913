export * from './FleetProvider';
export * from './extensionPoint';
