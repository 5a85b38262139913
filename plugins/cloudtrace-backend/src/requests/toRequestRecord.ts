import type { RequestRecord } from '@cloudtrace/plugin-cloudtrace-common';
import type { StoredRequest } from './types';

/** Converts a request to its API form. */
export function toRequestRecord(request: StoredRequest): RequestRecord {
  return {
    startedAt: isoWithMicroseconds(request.startedAt, request.startedAtMicros),
    traceId: request.traceId,
    spanId: request.spanId,
    kind: request.kind,
    method: request.method,
    route: request.route,
    statusCode: request.statusCode || undefined,
    durationMs: request.durationMs,
    instanceId: request.instanceId,
    zone: request.zone || undefined,
    environment: request.environment,
    error: request.error,
  };
}

/** When a request ended. */
export function endOf(request: StoredRequest): Date {
  return new Date(
    request.startedAt.getTime() +
      request.startedAtMicros / 1000 +
      request.durationMs,
  );
}

function isoWithMicroseconds(at: Date, micros: number): string {
  return `${at.toISOString().slice(0, -1)}${String(micros).padStart(3, '0')}Z`;
}
