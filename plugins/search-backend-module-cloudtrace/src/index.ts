export { searchModuleCloudtrace as default } from './module';
