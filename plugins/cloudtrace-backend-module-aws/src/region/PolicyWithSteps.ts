import type { ScalingPolicy } from '@cloudtrace/plugin-cloudtrace-common';

/** Steps of a policy, relative to its alarm's threshold. */
interface Step {
  lower?: number;
  upper?: number;
  adjustment: number;
}

/** A policy whose thresholds depend on its alarm. */
export interface PolicyWithSteps {
  policy: ScalingPolicy;
  steps: Step[];
}
