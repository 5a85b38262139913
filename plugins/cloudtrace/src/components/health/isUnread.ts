import type { ResourceSummary } from '@cloudtrace/plugin-cloudtrace-common';

/** Whether the targets were last read too long ago, so that only the last known state can be shown. */
export function isUnread({ parts = [] }: ResourceSummary): boolean {
  return parts.some(({ part, stale }) => part === 'targets' && stale);
}
