/**
 * CloudTrace backend: OpenTelemetry ingest, storage, queries, detection and API.
 *
 * @packageDocumentation
 */
export { cloudtracePlugin as default } from './plugin';
