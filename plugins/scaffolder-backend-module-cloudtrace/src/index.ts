export { scaffolderModuleCloudtrace as default } from './module';
