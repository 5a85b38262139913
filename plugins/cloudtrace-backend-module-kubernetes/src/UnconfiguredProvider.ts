import type {
  FleetLocateResult,
  FleetProvider,
} from '@cloudtrace/plugin-cloudtrace-node';
import { KUBERNETES_PROVIDER_ID } from './locate/workloadResource';

/** Shows in Diagnostics that Kubernetes is not configured. */
export class UnconfiguredProvider implements FleetProvider {
  readonly id = KUBERNETES_PROVIDER_ID;
  readonly title = 'Kubernetes';
  readonly notConfigured = {
    message: 'Kubernetes is not configured',
    nextStep:
      "Add clusters to kubernetes.clusterLocatorMethods in the portal's configuration, as for Backstage's Kubernetes plugin; docs/kubernetes.md shows how",
  };

  async locate(): Promise<FleetLocateResult> {
    return { locations: [], problems: [] };
  }

  async collect() {
    return [];
  }
}
