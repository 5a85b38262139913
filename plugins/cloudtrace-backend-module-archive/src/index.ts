export { cloudtraceModuleArchive as default } from './module';
