/**
 * Extension points and service interfaces for CloudTrace backend modules.
 *
 * @packageDocumentation
 */
export * from './archive';
export * from './fleet';
export * from './scans';
