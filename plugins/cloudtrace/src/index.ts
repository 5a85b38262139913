/**
 * CloudTrace for the Backstage app: entity tab, cards and pages.
 *
 * @packageDocumentation
 */
export { cloudtracePlugin as default } from './plugin';
export * from './api';
export * from './blueprints';
export {
  useCloudtraceView,
  type CloudtraceViewContext,
} from './state/useCloudtraceView';
export { cloudtraceTranslationRef } from './translation';
