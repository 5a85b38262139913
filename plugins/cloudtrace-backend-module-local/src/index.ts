/**
 * The local fleet of a development portal, as a module of the CloudTrace backend.
 *
 * @packageDocumentation
 */
export { cloudtraceModuleLocal as default } from './module';
