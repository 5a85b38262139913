export { cloudtraceModuleAws as default } from './module';
