/**
 * CloudTrace for apps on Backstage's old frontend system: entity tab, cards,
 * page and the fields of the template.
 *
 * @packageDocumentation
 */
export { cloudtraceApiRef, type CloudtraceApi } from '../api';
export { cloudtraceTranslationRef } from '../translation';
export * from './components';
export * from './formFields';
export { isCloudtraceAvailable } from './isCloudtraceAvailable';
export { cloudtracePlugin } from './plugin';
