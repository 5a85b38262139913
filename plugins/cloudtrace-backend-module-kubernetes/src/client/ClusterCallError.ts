import {
  wordJudgement,
  type CodedMessage,
  type FleetProblemCode,
  type JudgementCode,
} from '@cloudtrace/plugin-cloudtrace-common';

/** Codes of problems that a call to a cluster can have. */
export type ClusterErrorCode = Extract<
  FleetProblemCode,
  | 'access-denied'
  | 'account-not-configured'
  | 'expired-credentials'
  | 'invalid-request'
  | 'invalid-response'
  | 'not-enabled'
  | 'throttled'
  | 'timeout'
  | 'unavailable'
>;

/** A call to a cluster that failed. */
export class ClusterCallError extends Error {
  override readonly name = 'ClusterCallError';
  readonly code: ClusterErrorCode;
  /** What the cluster did, as the end of a sentence. */
  readonly reason: CodedMessage;
  /** What to do; undefined for what the code suggests. */
  readonly nextStep: JudgementCode | undefined;
  readonly status: number | undefined;
  /** How long the cluster asks to wait. */
  readonly retryAfterMs: number | undefined;

  constructor(
    reason: JudgementCode | CodedMessage,
    options: {
      code: ClusterErrorCode;
      nextStep?: JudgementCode;
      status?: number;
      retryAfterMs?: number;
      cause?: unknown;
    },
  ) {
    const coded =
      typeof reason === 'string' ? { code: reason, values: {} } : reason;
    super(wordJudgement(coded), { cause: options.cause });
    this.reason = coded;
    this.code = options.code;
    this.nextStep = options.nextStep;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
  }
}

const CODES: Record<number, ClusterErrorCode> = {
  401: 'expired-credentials',
  403: 'access-denied',
  404: 'not-enabled',
  408: 'timeout',
  429: 'throttled',
};

/** A cluster that asks for more is tried again; timers beyond 24 days end at once. */
const MAX_RETRY_AFTER_MS = 10 * 60_000;

/** The error of a response that is not a success. */
export function errorOfStatus(
  status: number,
  retryAfter?: string | null,
  cause?: unknown,
): ClusterCallError {
  const seconds = Number(retryAfter ?? NaN);
  return new ClusterCallError(
    { code: 'kubernetes-responded', values: { status } },
    {
      code:
        CODES[status] ?? (status >= 500 ? 'unavailable' : 'invalid-request'),
      status,
      retryAfterMs:
        seconds > 0 ? Math.min(seconds * 1000, MAX_RETRY_AFTER_MS) : undefined,
      cause,
    },
  );
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
    return timedOut(cause);
  }
  if (type === 'no-redirect') return unreadable('kubernetes-redirected');
  return (code && errorOfCode(code, cause)) || unreachable(cause);
}

/** The error of a call that took too long. */
export function timedOut(cause?: unknown): ClusterCallError {
  return new ClusterCallError('kubernetes-timed-out', {
    code: 'timeout',
    cause,
  });
}

/** The error of a response that is not what the Kubernetes API returns. */
export function unreadable(reason: JudgementCode): ClusterCallError {
  return new ClusterCallError(reason, { code: 'invalid-response' });
}

/**
 * The error of a 404 that no Kubernetes API server sends: a proxy or a sign-in
 * page answered, so it says nothing about the cluster.
 *
 * @param from - what the response says about its sender
 */
export function foreignNotFound(from: string): ClusterCallError {
  return new ClusterCallError(
    { code: 'kubernetes-foreign-404', values: { from } },
    { code: 'invalid-response', status: 404 },
  );
}

/** The error of a certificate authority that cannot be read. */
export function invalidAuthority(cause: unknown): ClusterCallError {
  return new ClusterCallError('kubernetes-authority-invalid', {
    code: 'account-not-configured',
    nextStep: 'kubernetes-authority-invalid-next',
    cause,
  });
}

/**
 * Whether a watch cannot continue and a list must start again: its resource
 * version is too old (410), or its API is no longer there (404). What a proxy
 * says about a path is no reason to forget the version.
 */
export function needsList({ status, code }: ClusterCallError): boolean {
  return status === 410 || (status === 404 && code === 'not-enabled');
}

/** Codes with which OpenSSL and Node.js reject the certificate of a server. */
const UNTRUSTED =
  /^(CERT_|ERR_TLS_CERT|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED|UNABLE_TO_(GET|VERIFY|DECODE)_)/;

function errorOfCode(code: string, cause: unknown): ClusterCallError {
  const isUntrusted = UNTRUSTED.test(code);
  return new ClusterCallError(
    {
      code: isUntrusted
        ? 'kubernetes-untrusted'
        : 'kubernetes-unreachable-named',
      values: { error: code },
    },
    {
      code: 'unavailable',
      nextStep: isUntrusted ? 'kubernetes-untrusted-next' : undefined,
      cause,
    },
  );
}

function unreachable(cause: unknown): ClusterCallError {
  return new ClusterCallError('kubernetes-unreachable', {
    code: 'unavailable',
    cause,
  });
}
