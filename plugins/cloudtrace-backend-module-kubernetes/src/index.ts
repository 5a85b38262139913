export { cloudtraceModuleKubernetes as default } from './module';
export {
  kubernetesFleetExtensionPoint,
  type KubernetesFleetExtensionPoint,
} from './extensionPoint';
