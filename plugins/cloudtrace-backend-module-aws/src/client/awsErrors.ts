import type { FleetProblemCode } from '@cloudtrace/plugin-cloudtrace-common';

/** A class of errors, with a message and advice for users. */
export interface AwsErrorClass {
  /** AWS's error codes, without the prefixes `Client.` and `Server.`. */
  codes: readonly string[];
  /** What happened; follows the action's name. */
  says: string;
  nextStep: string;
}

/**
 * Every class of failed calls to AWS, with its codes and its advice. The codes
 * come from the common errors in each service's API reference and from the
 * SDK's own classification; nothing else determines the advice.
 */
export const AWS_ERROR_CLASSES = {
  'access-denied': {
    codes: [
      'AccessDenied',
      'AccessDeniedException',
      'AuthorizationError',
      'NotAuthorized',
      'OperationNotPermitted',
      'UnauthorizedAccess',
      'UnauthorizedOperation',
    ],
    says: 'was denied',
    nextStep:
      'Add the action to the policy of the role that CloudTrace uses in this account; if it is there, check for a service control policy or a permissions boundary that denies it.',
  },
  'expired-credentials': {
    codes: [
      'AuthFailure',
      'CredentialsProviderError',
      'ExpiredToken',
      'ExpiredTokenException',
      'IDPCommunicationError',
      'IDPRejectedClaim',
      'IncompleteSignature',
      'IncompleteSignatureException',
      'InvalidAccessKeyId',
      'InvalidClientTokenId',
      'InvalidIdentityToken',
      'InvalidSignatureException',
      'MissingAuthenticationToken',
      'MissingAuthenticationTokenException',
      'SignatureDoesNotMatch',
      'TokenRefreshRequired',
      'UnrecognizedClientException',
    ],
    says: 'failed because AWS did not accept the credentials',
    nextStep:
      "Check the credentials of this account in the portal's configuration; if its other regions work, enable this region in the account or remove it from cloudtrace.aws.accounts.",
  },
  'clock-skew': {
    codes: [
      'RequestExpired',
      'RequestInTheFuture',
      'RequestTimeTooSkewed',
      'TokenNotYetValid',
    ],
    says: "failed because the portal's clock differs from that of AWS",
    nextStep:
      "Synchronize the clock of the portal's host, for example with NTP.",
  },
  'not-enabled': {
    codes: [
      'Blocked',
      // Security Hub's response if it is disabled.
      'InvalidAccessException',
      'OptInRequired',
      'PendingVerification',
      'RegionDisabledException',
      'SubscriptionRequiredException',
    ],
    says: 'failed because the account, the region or the service is not enabled',
    nextStep:
      'Enable the region in this account, or remove it from cloudtrace.aws.accounts; check that the account is active.',
  },
  throttled: {
    codes: [
      'BandwidthLimitExceeded',
      'EC2ThrottledException',
      'LimitExceededException',
      'PriorRequestNotComplete',
      'ProvisionedThroughputExceededException',
      'RequestLimitExceeded',
      'RequestThrottled',
      'RequestThrottledException',
      'SlowDown',
      'ThrottledException',
      'Throttling',
      'ThrottlingException',
      'TooManyRequestsException',
      'TransactionInProgressException',
    ],
    says: 'was throttled by AWS',
    nextStep:
      'CloudTrace calls less often; if the throttling persists, lower cloudtrace.aws.limits.concurrency or lengthen the intervals.',
  },
  timeout: {
    codes: [
      'AbortError',
      'RequestTimeout',
      'RequestTimeoutException',
      'TimeoutError',
    ],
    says: 'did not respond in time',
    nextStep:
      'Check that the portal reaches the AWS endpoints of this region; CloudTrace tries again.',
  },
  unavailable: {
    codes: [
      'InternalError',
      'InternalException',
      'InternalFailure',
      'InternalServerError',
      'InternalServerException',
      'InternalServiceError',
      'InternalServiceException',
      'InternalServiceFault',
      'ServerException',
      'ServiceException',
      'ServiceFailure',
      'ServiceUnavailable',
      'ServiceUnavailableException',
      'Unavailable',
    ],
    says: 'could not be reached or failed',
    nextStep:
      'Check that the portal reaches the AWS endpoints of this region, and the AWS Health Dashboard; CloudTrace tries again.',
  },
  'not-found': {
    codes: [
      'ClusterNotFoundException',
      'DBClusterNotFoundFault',
      'DBInstanceNotFound',
      'DBInstanceNotFoundFault',
      'InvalidInstanceID.NotFound',
      'LoadBalancerNotFound',
      'ObjectNotFoundException',
      'ResourceNotFound',
      'ResourceNotFoundException',
      'ServiceNotActiveException',
      'ServiceNotFoundException',
      'TargetGroupNotFound',
    ],
    says: 'did not find the resource',
    nextStep:
      'Check that the resource still exists and that the annotation names it.',
  },
  'invalid-request': {
    codes: [
      'ExpiredPaginationToken',
      'InvalidAction',
      'InvalidInputException',
      'InvalidInstanceID.Malformed',
      'InvalidNextToken',
      'InvalidNextTokenException',
      'InvalidPaginationToken',
      'InvalidParameterCombination',
      'InvalidParameterException',
      'InvalidParameterValue',
      'InvalidQueryParameter',
      'InvalidRequest',
      'MalformedQueryString',
      'MissingAction',
      'MissingParameter',
      'SerializationException',
      'UnknownOperationException',
      'UnknownParameter',
      'ValidationError',
      'ValidationException',
    ],
    says: 'was rejected as invalid',
    nextStep:
      'Check that the annotation names the resource; if it does, report the problem to the authors of CloudTrace with the log line.',
  },
  'invalid-response': {
    codes: [],
    says: 'returned a response that could not be read',
    nextStep:
      'Check for a proxy between the portal and AWS that changes responses.',
  },
} as const satisfies Partial<Record<FleetProblemCode, AwsErrorClass>>;

/** A class of {@link AWS_ERROR_CLASSES}. */
export type AwsErrorCode = keyof typeof AWS_ERROR_CLASSES;

const classOfCode = new Map<string, AwsErrorCode>(
  (Object.keys(AWS_ERROR_CLASSES) as AwsErrorCode[]).flatMap(name =>
    AWS_ERROR_CLASSES[name].codes.map(code => [code, name] as const),
  ),
);

/** The class of an error code; `undefined` if the table does not contain it. */
export function classOf(code: string): AwsErrorCode | undefined {
  return classOfCode.get(code.replace(/^(Client|Server)\./, ''));
}
