import { wordTexts } from '@cloudtrace/plugin-cloudtrace-common';
import type {
  FleetLocateResult,
  FleetProvider,
} from '@cloudtrace/plugin-cloudtrace-node';

/** Shows in Diagnostics that AWS is not configured. */
export class UnconfiguredProvider implements FleetProvider {
  readonly id = 'aws';
  readonly title = 'AWS';
  readonly notConfigured = wordTexts({
    message: { code: 'aws-not-configured', values: {} },
    nextStep: { code: 'aws-not-configured-next', values: {} },
  });

  async locate(): Promise<FleetLocateResult> {
    return { locations: [], problems: [] };
  }

  async collect() {
    return [];
  }
}
