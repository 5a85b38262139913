export { cloudtraceModuleSonarqube as default } from './module';
