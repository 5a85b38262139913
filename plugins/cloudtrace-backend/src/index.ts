/**
 * CloudTrace backend: OpenTelemetry ingest, storage, queries, detection and API.
 *
 * @packageDocumentation
 */
export { cloudtraceFeature as default } from './feature';
