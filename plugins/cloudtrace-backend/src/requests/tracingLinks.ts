import type { ExternalLink } from '@cloudtrace/plugin-cloudtrace-common';
import type { StoredRequest } from './types';

/** A link to a tracing tool with placeholders such as `{{traceId}}`. */
export interface TracingUrlTemplate {
  title: string;
  url: string;
}

/** The placeholders that a URL may contain. */
export const tracingPlaceholders = [
  'traceId',
  'spanId',
  'startedAt',
  'startedAtMs',
  'endedAt',
  'endedAtMs',
  'instanceId',
  'environment',
] as const;

/** Fills in a request; every value is encoded for a URL. */
export function fillTracingLinks(
  templates: readonly TracingUrlTemplate[],
  request: StoredRequest,
): ExternalLink[] {
  const startedAtMs = request.startedAt.getTime();
  const endedAtMs = Math.ceil(startedAtMs + 1 + request.durationMs);
  const values: Record<(typeof tracingPlaceholders)[number], string> = {
    traceId: request.traceId,
    spanId: request.spanId,
    startedAt: request.startedAt.toISOString(),
    startedAtMs: String(startedAtMs),
    endedAt: new Date(endedAtMs).toISOString(),
    endedAtMs: String(endedAtMs),
    instanceId: request.instanceId,
    environment: request.environment,
  };
  return templates.map(({ title, url }) => ({
    title,
    url: url.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) =>
      Object.hasOwn(values, name)
        ? encodeURIComponent(values[name as keyof typeof values])
        : whole,
    ),
  }));
}
