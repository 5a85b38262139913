export * from './describePodFacts';
export * from './explainActivity';
export * from './explainProcess';
export * from './explainTarget';
export { adviseOnFailure, nextStepOfFailure } from './failureAdvice';
export * from './targetHistory';
export * from './targetMeaning';
export * from './isInformation';
export * from './types';
