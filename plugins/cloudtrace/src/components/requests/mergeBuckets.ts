import type { DurationBucket } from '@cloudtrace/plugin-cloudtrace-common';

/** Merges adjacent buckets until at most `limit` remain. */
export function mergeBuckets(
  buckets: DurationBucket[],
  limit: number,
): DurationBucket[] {
  const width = Math.max(1, Math.ceil(buckets.length / limit));
  const merged: DurationBucket[] = [];
  for (let i = 0; i < buckets.length; i += width) {
    const part = buckets.slice(i, i + width);
    merged.push({
      fromMs: part[0].fromMs,
      toMs: part[part.length - 1].toMs,
      requests: part.reduce((sum, bucket) => sum + bucket.requests, 0),
      errors: part.reduce((sum, bucket) => sum + bucket.errors, 0),
    });
  }
  return merged;
}
