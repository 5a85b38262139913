/**
 * Types, permissions, annotations and pure maths shared by the CloudTrace plugins.
 *
 * @packageDocumentation
 */
export * from './annotations';
export * from './figures';
export * from './fleet';
export * from './groupBy';
export * from './histogram';
export * from './judgement';
export * from './links';
export * from './live';
export * from './openapi';
export * from './permissions';
export * from './requests';
export * from './search';
export * from './time';
