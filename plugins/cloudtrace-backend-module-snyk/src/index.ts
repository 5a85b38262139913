export { cloudtraceModuleSnyk as default } from './module';
