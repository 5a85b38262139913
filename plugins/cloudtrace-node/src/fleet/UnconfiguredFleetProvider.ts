import {
  wordTexts,
  type JudgementCode,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { FleetLocateResult, FleetProvider } from './FleetProvider';

/**
 * Shows in Diagnostics that a fleet provider is installed but not configured.
 *
 * @public
 */
export class UnconfiguredFleetProvider implements FleetProvider {
  readonly id: string;
  readonly title: string;
  readonly notConfigured: NonNullable<FleetProvider['notConfigured']>;

  constructor(options: {
    id: string;
    title: string;
    /** Code of the message that says what is missing. */
    message: JudgementCode;
    /** Code of the message that says what to do. */
    nextStep: JudgementCode;
  }) {
    this.id = options.id;
    this.title = options.title;
    this.notConfigured = wordTexts({
      message: { code: options.message, values: {} },
      nextStep: { code: options.nextStep, values: {} },
    });
  }

  /** Finds nothing. */
  async locate(): Promise<FleetLocateResult> {
    return { locations: [], problems: [] };
  }

  /** Reads nothing. */
  async collect() {
    return [];
  }
}
