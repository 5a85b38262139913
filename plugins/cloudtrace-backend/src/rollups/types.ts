import type { LoadKind } from '@cloudtrace/plugin-cloudtrace-common';

/** Requests of one group in one time bucket. */
export interface RollupRow {
  /** Stable key of the group: instance, zone, or `METHOD route`. */
  key: string;
  /** Display name of the group. */
  label: string;
  /** Zone of an instance; empty if it never reported one. */
  zone?: string;
  method?: string;
  route?: string;
  /** The kind of work of an instance or zone, if the query separates kinds. */
  kind?: LoadKind;
  /** Start of the bucket. */
  bucket: Date;
  requests: number;
  errors: number;
  durationSumUs: number;
  durationMaxUs: number;
  /** Encoded `DurationHistogram` of `@cloudtrace/plugin-cloudtrace-common`. */
  histogram: Uint8Array;
}
