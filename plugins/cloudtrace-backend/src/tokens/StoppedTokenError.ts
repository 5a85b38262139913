import { AuthenticationError } from '@backstage/errors';

/**
 * A genuine token stopped although nobody revoked it and it has not expired.
 * The message tells its holder the reason and what to do.
 */
export class StoppedTokenError extends AuthenticationError {
  readonly statusCode = 401;
}
