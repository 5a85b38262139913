import { AuthenticationError } from '@backstage/errors';

/**
 * A genuine token that stopped working although nobody revoked it and it did
 * not expire. The message tells its holder why, and what to do.
 */
export class StoppedTokenError extends AuthenticationError {
  readonly statusCode = 401;
}
