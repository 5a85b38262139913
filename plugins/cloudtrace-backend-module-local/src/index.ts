export { cloudtraceModuleLocal as default } from './module';
