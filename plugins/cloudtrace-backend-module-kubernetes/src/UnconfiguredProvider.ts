import { wordTexts } from '@cloudtrace/plugin-cloudtrace-common';
import type {
  FleetLocateResult,
  FleetProvider,
} from '@cloudtrace/plugin-cloudtrace-node';
import { KUBERNETES_PROVIDER_ID } from './locate/workloadResource';

/** Shows in Diagnostics that Kubernetes is not configured. */
export class UnconfiguredProvider implements FleetProvider {
  readonly id = KUBERNETES_PROVIDER_ID;
  readonly title = 'Kubernetes';
  readonly notConfigured = wordTexts({
    message: { code: 'kubernetes-not-configured', values: {} },
    nextStep: { code: 'kubernetes-not-configured-next', values: {} },
  });

  async locate(): Promise<FleetLocateResult> {
    return { locations: [], problems: [] };
  }

  async collect() {
    return [];
  }
}
