export * from './balance';
export * from './flags';
export * from './servedSteps';
export * from './steps';
