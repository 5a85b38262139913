import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type {
  AuthenticationStrategy,
  KubernetesClustersSupplier,
} from '@backstage/plugin-kubernetes-node';

/** Adds clusters and ways to authenticate. @public */
export interface KubernetesFleetExtensionPoint {
  /** Replaces the clusters of the `kubernetes` section by those of a supplier. */
  setClusterSupplier(supplier: KubernetesClustersSupplier): void;
  /**
   * Adds a strategy by the name that clusters use in `authProvider`, such as
   * `aws`. It must work without a signed-in user.
   */
  addAuthStrategy(name: string, strategy: AuthenticationStrategy): void;
}

/**
 * Extension point for clusters that are not in the configuration, and for
 * credentials of clouds.
 *
 * @public
 */
export const kubernetesFleetExtensionPoint =
  createExtensionPoint<KubernetesFleetExtensionPoint>({
    id: 'cloudtrace.kubernetes-fleet',
  });
