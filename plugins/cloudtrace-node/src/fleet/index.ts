export * from './FleetProvider';
export * from './UnconfiguredFleetProvider';
export * from './extensionPoint';
