export * from './tabLink';
export * from './tabParams';
export * from './timeRange';
