import type { NormalizedScan } from '@cloudtrace/plugin-cloudtrace-node';

/** A scan with its final category. */
export interface CategorizedScan extends NormalizedScan {
  category: string;
}
