import type { OtlpEncoding } from '../IngestService';
import {
  FOREIGN_CONTENT,
  SPAN_REJECTIONS,
  type ForeignContent,
  type IngestOutcome,
  type RefusedSpans,
} from '../types';

/** Codes of google.rpc.Code that ingest returns. */
export const RPC_CODE = {
  invalidArgument: 3,
  notFound: 5,
  resourceExhausted: 8,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
  unauthenticated: 16,
} as const;

/** Reasons in words for the sender. */
const REASONS: Record<(typeof SPAN_REJECTIONS)[number], string> = {
  'invalid-trace-id': 'the trace id is not 16 bytes or is all zero',
  'invalid-span-id': 'the span id is not 8 bytes or is all zero',
  'no-start-time': 'the start time is missing or not after 1970',
  'ends-before-start': 'the end time is before the start time',
  'too-old': 'the start time is older than the retention of requests',
  'too-far-in-future': 'the start or end time is too far in the future',
};

/** Warnings for the sender although nothing is rejected. */
const WARNINGS: Record<ForeignContent, string> = {
  metrics: 'resourceMetrics are not read here; send only traces to CloudTrace',
  logs: 'resourceLogs are not read here; send only traces to CloudTrace',
  oldLibrarySpans:
    'instrumentationLibrarySpans are not read; upgrade the sender to one that sends scopeSpans (OTLP 0.15 or newer)',
  noSpan:
    'entries without ids and kind are not read; they are not spans, but may be metrics or logs',
};

/**
 * Encodes an ExportTraceServiceResponse, with a partial success if something
 * was rejected or not read.
 *
 * @param refused - Spans of services that were rejected as a whole
 */
export function encodeExportResponse(
  outcome: IngestOutcome,
  encoding: OtlpEncoding,
  refused?: RefusedSpans,
): Buffer {
  const reasons = SPAN_REJECTIONS.filter(
    reason => outcome.rejected[reason] > 0,
  );
  const foreign = FOREIGN_CONTENT.filter(
    content => outcome.foreign[content] > 0,
  );
  if (reasons.length === 0 && foreign.length === 0 && !refused) {
    return encoding === 'json' ? Buffer.from('{}') : Buffer.alloc(0);
  }
  const rejectedSpans = reasons.reduce(
    (sum, reason) => sum + outcome.rejected[reason],
    refused?.spans ?? 0,
  );
  const errorMessage = [
    ...reasons.map(
      reason => `${outcome.rejected[reason]} × ${REASONS[reason]}`,
    ),
    ...(refused ? [refused.message] : []),
    ...foreign.map(content => WARNINGS[content]),
  ].join('; ');
  if (encoding === 'json') {
    // 64-bit numbers are texts in protobuf's JSON.
    const partialSuccess = {
      rejectedSpans: String(rejectedSpans),
      errorMessage,
    };
    return Buffer.from(JSON.stringify({ partialSuccess }));
  }
  return message(1, [number(1, rejectedSpans), text(2, errorMessage)]);
}

/** Encodes a google.rpc.Status. */
export function encodeStatus(
  code: number,
  errorMessage: string,
  encoding: OtlpEncoding,
): Buffer {
  return encoding === 'json'
    ? Buffer.from(JSON.stringify({ code, message: errorMessage }))
    : Buffer.concat([number(1, code), text(2, errorMessage)]);
}

/**
 * Encodes a google.rpc.Status with a google.rpc.RetryInfo, which tells a sender
 * over gRPC that a retry helps, and when.
 */
export function encodeRetryStatus(
  code: number,
  errorMessage: string,
  retrySeconds: number,
): Buffer {
  const retryInfo = message(1, [number(1, retrySeconds)]);
  return Buffer.concat([
    encodeStatus(code, errorMessage, 'protobuf'),
    message(3, [
      text(1, 'type.googleapis.com/google.rpc.RetryInfo'),
      bytes(2, retryInfo),
    ]),
  ]);
}

function message(field: number, parts: Buffer[]): Buffer {
  return bytes(field, Buffer.concat(parts));
}

function text(field: number, value: string): Buffer {
  return bytes(field, Buffer.from(value));
}

function bytes(field: number, value: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from([field * 8 + 2, ...varint(value.length)]),
    value,
  ]);
}

function number(field: number, value: number): Buffer {
  return Buffer.from([field * 8, ...varint(value)]);
}

function varint(value: number): number[] {
  const out: number[] = [];
  let rest = value;
  while (rest > 127) {
    out.push((rest & 127) | 128);
    rest = Math.floor(rest / 128);
  }
  out.push(rest);
  return out;
}
