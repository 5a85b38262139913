import { createHash } from 'node:crypto';
import type { FleetReport } from '@cloudtrace/plugin-cloudtrace-common';

/**
 * A short text that is the same for two reports of a resource if they differ
 * only in when they were read and in points of metrics.
 */
export function fingerprintOf(report: FleetReport): string {
  const { observedAt: _, readAt: __, metrics, ...content } = report;
  const series = metrics?.map(
    ({ times: ___, values: ____, ...description }) => description,
  );
  return createHash('sha256')
    .update(JSON.stringify({ ...content, series }))
    .digest('base64');
}
