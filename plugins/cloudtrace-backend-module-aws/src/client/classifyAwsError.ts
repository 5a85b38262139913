import { type AwsErrorCode, classOf } from './awsErrors';
import { ResponseTooLargeError } from './limitResponseSize';

/**
 * A call that was cancelled because its share of the cycle's time was used up,
 * not because it was slow.
 */
export class CallCutError extends Error {
  override readonly name = 'CallCutError';
}

const NETWORK =
  /^(ECONN|ENOTFOUND|EHOST|ENET|EPIPE|EAI_|CERT_|DEPTH_ZERO|UNABLE_TO|ERR_TLS|SELF_SIGNED)/;

interface AwsErrorLike {
  name?: string;
  message?: string;
  code?: string;
  $metadata?: { httpStatusCode?: number };
  $response?: { statusCode?: number };
}

/**
 * Classifies an SDK error: by AWS's code or, if that is absent or unknown, by
 * the HTTP status or the network error code.
 */
export function classifyAwsError(thrown: unknown): AwsErrorCode {
  const error = (thrown ?? {}) as AwsErrorLike;
  if (thrown instanceof CallCutError) return 'timeout';
  if (thrown instanceof ResponseTooLargeError) return 'invalid-response';
  return (
    classOf(error.name ?? '') ??
    classOfNetwork(error.code ?? error.name ?? '') ??
    classOfStatus(
      error.$metadata?.httpStatusCode ?? error.$response?.statusCode ?? 0,
    )
  );
}

function classOfNetwork(code: string): AwsErrorCode | undefined {
  if (code === 'ETIMEDOUT') return 'timeout';
  return NETWORK.test(code) ? 'unavailable' : undefined;
}

function classOfStatus(status: number): AwsErrorCode {
  if (status === 403) return 'access-denied';
  if (status === 404) return 'not-found';
  if (status === 429) return 'throttled';
  // No status means no response: the network failed.
  return status >= 500 || status === 0 ? 'unavailable' : 'invalid-response';
}

const ACTION = /not authorized to perform: ?([a-z0-9-]+:[A-Za-z]+)/;

/** The denied action that the message names, e.g. `sts:AssumeRole`, if any. */
export function deniedAction(thrown: unknown): string | undefined {
  return ACTION.exec((thrown as AwsErrorLike)?.message ?? '')?.[1];
}

const OUTAGES: ReadonlySet<AwsErrorCode> = new Set([
  'timeout',
  'unavailable',
  'expired-credentials',
  'clock-skew',
  'not-enabled',
]);

/** Failures of a service, the network or the credentials, as opposed to one denied call. */
export function isOutage(thrown: unknown): boolean {
  return (
    !(thrown instanceof CallCutError) && OUTAGES.has(classifyAwsError(thrown))
  );
}
