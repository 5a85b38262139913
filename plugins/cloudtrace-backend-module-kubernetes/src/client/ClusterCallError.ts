import type { FleetProblemCode } from '@cloudtrace/plugin-cloudtrace-common';

/** A call to a cluster that failed. */
export class ClusterCallError extends Error {
  readonly code: FleetProblemCode;
  readonly status: number | undefined;
  /** How long the cluster asks to wait. */
  readonly retryAfterMs: number | undefined;

  constructor(
    message: string,
    options: {
      code: FleetProblemCode;
      status?: number;
      retryAfterMs?: number;
      cause?: unknown;
    },
  ) {
    super(message, { cause: options.cause });
    this.name = 'ClusterCallError';
    this.code = options.code;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
  }
}

const CODES: Record<number, FleetProblemCode> = {
  401: 'expired-credentials',
  403: 'access-denied',
  404: 'not-enabled',
  408: 'timeout',
  429: 'throttled',
};

/** The error of a response that is not a success. */
export function errorOfStatus(
  status: number,
  retryAfter?: string | null,
): ClusterCallError {
  const seconds = Number(retryAfter ?? NaN);
  return new ClusterCallError(`responded with HTTP ${status}`, {
    code: CODES[status] ?? (status >= 500 ? 'unavailable' : 'invalid-request'),
    status,
    retryAfterMs: seconds > 0 ? seconds * 1000 : undefined,
  });
}

/** The error of a call without a response. */
export function errorOfCause(cause: unknown): ClusterCallError {
  if (cause instanceof ClusterCallError) return cause;
  const { name, code, type } = cause as {
    name?: string;
    code?: string;
    type?: string;
  };
  if (
    name === 'TimeoutError' ||
    code === 'ETIMEDOUT' ||
    type === 'body-timeout'
  ) {
    return new ClusterCallError('did not respond in time', {
      code: 'timeout',
      cause,
    });
  }
  if (type === 'no-redirect') return unreadable('redirected the request');
  return new ClusterCallError(
    code ? `could not be reached (${code})` : 'could not be reached',
    { code: 'unavailable', cause },
  );
}

/** The error of a response that is not what the Kubernetes API returns. */
export function unreadable(reason: string): ClusterCallError {
  return new ClusterCallError(reason, { code: 'invalid-response' });
}

/**
 * Whether a watch cannot continue and a list must start again: its resource
 * version is too old (410), or its API is no longer there (404).
 */
export function needsList({ status }: ClusterCallError): boolean {
  return status === 410 || status === 404;
}
