export * from './balance';
export * from './flags';
export * from './steps';
