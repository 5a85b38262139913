import type { FleetProblemCode } from '@cloudtrace/plugin-cloudtrace-common';
import { BrokenCircuitError } from 'cockatiel';
import { ResponseTooLargeError } from './limitResponseSize';

/** A call that was cut because the cycle's time was over, not because it was slow. */
export class CallCutError extends Error {
  override readonly name = 'CallCutError';
}

const ACCESS_DENIED = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedOperation',
  'UnauthorizedAccess',
  'NotAuthorized',
]);

const BAD_CREDENTIALS = new Set([
  'AuthFailure',
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'OptInRequired',
  'RequestExpired',
  'SignatureDoesNotMatch',
  'TokenRefreshRequired',
  'UnrecognizedClientException',
]);

const THROTTLED = new Set([
  'LimitExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'Throttling',
  'ThrottledException',
  'ThrottlingException',
  'TooManyRequestsException',
]);

const NETWORK =
  /^(ECONN|ENOTFOUND|EHOST|ENET|EPIPE|EAI_|CERT_|DEPTH_ZERO|UNABLE_TO|ERR_TLS|SELF_SIGNED)/;

interface AwsErrorLike {
  name?: string;
  message?: string;
  code?: string;
  $metadata?: { httpStatusCode?: number };
  $response?: { statusCode?: number };
}

/** What kind of failure an error of the SDK is. */
export function classifyAwsError(thrown: unknown): FleetProblemCode {
  const error = (thrown ?? {}) as AwsErrorLike;
  const name = error.name ?? '';
  const status =
    error.$metadata?.httpStatusCode ?? error.$response?.statusCode ?? 0;
  if (thrown instanceof BrokenCircuitError) return 'unavailable';
  if (thrown instanceof CallCutError) return 'timeout';
  if (thrown instanceof ResponseTooLargeError) return 'invalid-response';
  if (ACCESS_DENIED.has(name)) return 'access-denied';
  if (BAD_CREDENTIALS.has(name)) return 'expired-credentials';
  if (THROTTLED.has(name) || status === 429) return 'throttled';
  if (name === 'TimeoutError' || name === 'AbortError') return 'timeout';
  if (error.code === 'ETIMEDOUT') return 'timeout';
  if (NETWORK.test(error.code ?? name)) return 'unavailable';
  if (name.endsWith('NotFound') || name.endsWith('NotFoundException')) {
    return 'not-found';
  }
  // Without a status nothing came back: the network failed.
  if (status >= 500 || status === 0) return 'unavailable';
  if (status === 403) return 'access-denied';
  return 'invalid-response';
}

const ACTION = /not authorized to perform: ?([a-z0-9-]+:[A-Za-z]+)/;

/** The action that a refusal names, e.g. `sts:AssumeRole`, if it names one. */
export function deniedAction(thrown: unknown): string | undefined {
  return ACTION.exec((thrown as AwsErrorLike)?.message ?? '')?.[1];
}

/** Failures of the account or the network, as opposed to one refused call. */
export function isOutage(thrown: unknown): boolean {
  if (thrown instanceof CallCutError) return false;
  const code = classifyAwsError(thrown);
  return (
    code === 'timeout' ||
    code === 'unavailable' ||
    code === 'expired-credentials'
  );
}
