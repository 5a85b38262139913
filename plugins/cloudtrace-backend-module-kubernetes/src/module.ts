import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import type {
  AuthenticationStrategy,
  KubernetesClustersSupplier,
} from '@backstage/plugin-kubernetes-node';
import {
  fleetProvidersExtensionPoint,
  UnconfiguredFleetProvider,
} from '@cloudtrace/plugin-cloudtrace-node';
import { CredentialSource } from './client/CredentialSource';
import { ClusterSet } from './clusters/ClusterSet';
import { readKubernetesConfig } from './config/readKubernetesConfig';
import { readPrometheusConfig } from './config/readPrometheusConfig';
import { kubernetesFleetExtensionPoint } from './extensionPoint';
import { describeWorkload } from './describe/describeWorkload';
import { KubernetesFleetProvider } from './KubernetesFleetProvider';
import { Prometheus } from './usage/Prometheus';
import { KUBERNETES_PROVIDER_ID } from './locate/workloadResource';

/**
 * Adds the Kubernetes fleet provider to the CloudTrace backend.
 *
 * @remarks Reads nothing unless the `kubernetes` section of Backstage's own
 * Kubernetes plugin is configured or a module adds a cluster supplier.
 *
 * @public
 */
export const cloudtraceModuleKubernetes = createBackendModule({
  pluginId: 'cloudtrace',
  moduleId: 'kubernetes',
  register(env) {
    const strategies = new Map<string, AuthenticationStrategy>();
    let added: KubernetesClustersSupplier | undefined;
    env.registerExtensionPoint(kubernetesFleetExtensionPoint, {
      setClusterSupplier(supplier) {
        if (added) throw new Error('A cluster supplier is already set');
        added = supplier;
      },
      addAuthStrategy: (name, strategy) => strategies.set(name, strategy),
    });
    env.registerInit({
      deps: {
        rootConfig: coreServices.rootConfig,
        logger: coreServices.logger,
        auth: coreServices.auth,
        lifecycle: coreServices.lifecycle,
        providers: fleetProvidersExtensionPoint,
      },
      async init({ rootConfig, logger, auth, lifecycle, providers }) {
        const config = readKubernetesConfig(rootConfig);
        const supplier =
          added ?? (config && { getClusters: async () => config.clusters });
        if (!supplier) {
          providers.addProvider(
            new UnconfiguredFleetProvider({
              id: KUBERNETES_PROVIDER_ID,
              title: 'Kubernetes',
              message: 'kubernetes-not-configured',
              nextStep: 'kubernetes-not-configured-next',
            }),
          );
          return;
        }
        const provider = new KubernetesFleetProvider({
          clusters: new ClusterSet({
            supplier,
            auth,
            credentials: new CredentialSource(strategies),
            logger,
            usageSources: new Map(
              readPrometheusConfig(rootConfig).map(prometheus => [
                prometheus.cluster,
                new Prometheus(prometheus, { logger }),
              ]),
            ),
          }),
          logger,
          describe: describeWorkload,
          unreadMethods: added ? [] : config?.unreadMethods,
        });
        providers.addProvider(provider);
        lifecycle.addStartupHook(() => provider.start());
        lifecycle.addShutdownHook(() => provider.stop());
      },
    });
  },
});
