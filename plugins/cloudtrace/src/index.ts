/**
 * CloudTrace for the Backstage app: entity tab, cards and pages.
 *
 * @packageDocumentation
 */
export { cloudtracePlugin as default } from './plugin';
