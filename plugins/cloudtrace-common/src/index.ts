/**
 * Types, permissions, annotations and pure maths shared by the CloudTrace plugins.
 *
 * @packageDocumentation
 */
export * from './annotations';
export * from './fleet';
export * from './histogram';
export * from './openapi';
export * from './permissions';
export * from './requests';
