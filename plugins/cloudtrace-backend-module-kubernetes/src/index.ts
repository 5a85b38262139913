export { cloudtraceModuleKubernetes as default } from './module';
