import { StoppedTokenError } from '../../tokens/StoppedTokenError';
import {
  BodyTooLargeError,
  IngestUnavailableError,
  MalformedBodyError,
  QuotaExceededError,
} from '../errors';
import { RPC_CODE } from '../otlp/encodeAnswer';
import { HttpError } from './HttpError';

/**
 * The answer to an error. Every error that is not provably the sender's fault is
 * a 503, which senders retry; a 500 would make them drop the data.
 */
export function toHttpError(error: Error): HttpError {
  if (error instanceof HttpError) {
    return error;
  }
  if (error instanceof StoppedTokenError) {
    return new HttpError(401, RPC_CODE.unauthenticated, error.message, {
      'www-authenticate': 'Bearer',
    });
  }
  if (error instanceof MalformedBodyError) {
    return new HttpError(400, RPC_CODE.invalidArgument, error.message);
  }
  if (error instanceof BodyTooLargeError) {
    return new HttpError(413, RPC_CODE.resourceExhausted, error.message);
  }
  if (error instanceof QuotaExceededError) {
    return new HttpError(429, RPC_CODE.resourceExhausted, error.message);
  }
  return new HttpError(
    503,
    RPC_CODE.unavailable,
    error instanceof IngestUnavailableError
      ? error.message
      : 'The request could not be handled right now; send it again',
  );
}

/** Only for the log; senders must not see messages of the database. */
export function messageForLog(error: Error): string {
  const cause = error.cause as Error | undefined;
  return cause ? `${error.message} (${cause.message})` : error.message;
}
