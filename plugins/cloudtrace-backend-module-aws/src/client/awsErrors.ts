import type { FleetProblemCode } from '@cloudtrace/plugin-cloudtrace-common';

/**
 * AWS's error codes, without the prefixes `Client.` and `Server.`, for each
 * class of failed calls. They come from the common errors in each service's API
 * reference and from the SDK's own classification; nothing else determines the
 * advice, `aws-<class>-next`.
 */
export const AWS_ERROR_CLASSES = {
  'access-denied': [
    'AccessDenied',
    'AccessDeniedException',
    'AuthorizationError',
    'NotAuthorized',
    'OperationNotPermitted',
    'UnauthorizedAccess',
    'UnauthorizedOperation',
  ],
  'expired-credentials': [
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
  'clock-skew': [
    'RequestExpired',
    'RequestInTheFuture',
    'RequestTimeTooSkewed',
    'TokenNotYetValid',
  ],
  'not-enabled': [
    'Blocked',
    // Security Hub's response if it is disabled.
    'InvalidAccessException',
    'OptInRequired',
    'PendingVerification',
    'RegionDisabledException',
    'SubscriptionRequiredException',
  ],
  throttled: [
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
  timeout: [
    'AbortError',
    'RequestTimeout',
    'RequestTimeoutException',
    'TimeoutError',
  ],
  unavailable: [
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
  'not-found': [
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
  'invalid-request': [
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
  'invalid-response': [],
} as const satisfies Partial<Record<FleetProblemCode, readonly string[]>>;

/** A class of {@link AWS_ERROR_CLASSES}. */
export type AwsErrorCode = keyof typeof AWS_ERROR_CLASSES;

const classOfCode = new Map<string, AwsErrorCode>(
  (Object.keys(AWS_ERROR_CLASSES) as AwsErrorCode[]).flatMap(name =>
    AWS_ERROR_CLASSES[name].map(code => [code, name] as const),
  ),
);

/** The class of an error code; `undefined` if the table does not contain it. */
export function classOf(code: string): AwsErrorCode | undefined {
  return classOfCode.get(code.replace(/^(Client|Server)\./, ''));
}
