import type {
  ArchivedRequest,
  ArchiveFilter,
} from '@cloudtrace/plugin-cloudtrace-node';
import type { RequestFilter, StoredRequest } from '../requests/types';

/** Converts the filter of a list to that of the archive. */
export function toArchiveFilter(filter: RequestFilter): ArchiveFilter {
  const { minDurationMs, maxDurationMs, ...rest } = filter;
  const toUs = (ms: number | undefined) =>
    ms === undefined ? undefined : Math.round(ms * 1000);
  return {
    ...rest,
    minDurationUs: toUs(minDurationMs),
    maxDurationUs: toUs(maxDurationMs),
  };
}

/** Converts an archived request to the form that the rest of the backend uses. */
export function fromArchive(request: ArchivedRequest): StoredRequest {
  const { startedAtUs, durationUs, ...rest } = request;
  const startedAtMs = Math.floor(startedAtUs / 1000);
  return {
    ...rest,
    startedAt: new Date(startedAtMs),
    startedAtMicros: startedAtUs - startedAtMs * 1000,
    durationMs: durationUs / 1000,
  };
}
