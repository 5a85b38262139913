import type { LoggerService } from '@backstage/backend-plugin-api';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { StoppedTokenError } from '../../tokens/StoppedTokenError';
import { readBearerToken } from '../../tokens/tokenFormat';
import type { TokenVerifier, VerifiedToken } from '../../tokens/types';
import {
  BodyTooLargeError,
  IngestUnavailableError,
  MalformedBodyError,
} from '../errors';
import type { IngestMeter } from '../IngestMeter';
import type { IngestService, OtlpEncoding } from '../IngestService';
import { encodeExportResponse, RPC_CODE } from '../otlp/encodeAnswer';
import type { DailyBytesQuota } from '../quotas/DailyBytesQuota';
import type { SpanRateQuota } from '../quotas/SpanRateQuota';
import type { IngestOutcome } from '../types';
import { answerError, beginAnswer, readEncoding } from './answers';
import type { FairTurns } from './FairTurns';
import { HttpError } from './HttpError';
import { ClientGoneError, readBody, type ReadBodyOptions } from './readBody';

/** Dependencies of the handler. */
export interface OtlpHandlerOptions {
  tokens: TokenVerifier;
  ingest: IngestService;
  spanRate: SpanRateQuota;
  dailyBytes: DailyBytesQuota;
  meter: IngestMeter;
  body: ReadBodyOptions;
  /** Schedules the decoding of bodies. */
  turns: FairTurns;
  logger: LoggerService;
  /** Whether the backend is shutting down and accepts nothing more. */
  isDraining(): boolean;
}

/**
 * Handles `POST /otlp/v1/traces` (OTLP/HTTP).
 *
 * Checks in this order: token, content type and encoding, quotas, whether the
 * server of the entity can be used — all from the headers, before reading the body. Then it reads the body within limits,
 * stores the spans, and responds when they are durable. Errors are
 * google.rpc.Status in the encoding of the request. Every error that is not
 * provably the sender's fault is a 503, which senders retry; a 500 would make
 * them drop the data.
 */
export function createOtlpHandler(options: OtlpHandlerOptions) {
  const { meter, logger } = options;
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const encoding = readEncoding(req);
    try {
      const outcome = await handle(req, encoding, options);
      meter.countOutcome(outcome);
      const type = encoding ?? 'json';
      const body = encodeExportResponse(outcome, type);
      beginAnswer(res, 200, type, body, {}).end(body);
      meter.countAnswer(200);
    } catch (error) {
      if (error instanceof ClientGoneError) {
        return;
      }
      const failure = toHttpError(error as Error);
      if (failure.status === 503) {
        logger.warn(
          `Ingest responds with 503: ${messageForLog(error as Error)}`,
        );
      }
      answerError(req, res, failure, encoding ?? 'json');
      meter.countAnswer(failure.status);
    }
  };
}

async function handle(
  req: IncomingMessage,
  encoding: OtlpEncoding | undefined,
  options: OtlpHandlerOptions,
): Promise<IngestOutcome> {
  const { tokens, ingest, spanRate, dailyBytes } = options;
  if (options.isDraining()) {
    throw new HttpError(
      503,
      RPC_CODE.unavailable,
      'The backend is shutting down; try again',
    );
  }
  const token = await tokens.verify(
    readBearerToken(req.headers.authorization),
    'requests',
  );
  if (!token) {
    throw new HttpError(
      401,
      RPC_CODE.unauthenticated,
      'An ingest token of the kind "requests" is required: Authorization: Bearer ctk_…',
      { 'www-authenticate': 'Bearer' },
    );
  }
  if (!encoding) {
    throw new HttpError(
      415,
      RPC_CODE.invalidArgument,
      'The content type must be application/x-protobuf or application/json',
    );
  }
  const gzip = readCompression(req);
  checkQuotas(token, options);
  ingest.assertUsable(token);

  const body = await readBody(req, gzip, options.body);
  let bodyBytes = 0;
  let outcome: IngestOutcome;
  try {
    outcome = await options.turns.run(() => {
      const bytes = body.decode();
      bodyBytes = bytes.length;
      return ingest.ingest(token, bytes, encoding);
    });
  } finally {
    body.release();
  }
  spanRate.spend(token.tokenId, outcome.stored);
  dailyBytes.spend(token.entityId, bodyBytes, outcome.stored);
  return outcome;
}

function checkQuotas(
  token: VerifiedToken,
  { spanRate, dailyBytes }: OtlpHandlerOptions,
): void {
  if (dailyBytes.isUsedUp(token.entityId)) {
    throw quotaError('The entity has used up its bytes for today (UTC)');
  }
  if (spanRate.waitSeconds(token.tokenId) > 0) {
    throw quotaError('The token exceeds its limit of spans per second');
  }
}

function quotaError(message: string): HttpError {
  return new HttpError(429, RPC_CODE.resourceExhausted, message);
}

function readCompression(req: IncomingMessage): boolean {
  const encoding = (req.headers['content-encoding'] ?? 'identity')
    .trim()
    .toLowerCase();
  if (encoding === 'gzip' || encoding === 'identity' || encoding === '') {
    return encoding === 'gzip';
  }
  throw new HttpError(
    415,
    RPC_CODE.invalidArgument,
    'The content encoding must be gzip or identity',
    { 'accept-encoding': 'gzip, identity' },
  );
}

function toHttpError(error: Error): HttpError {
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
  return new HttpError(
    503,
    RPC_CODE.unavailable,
    error instanceof IngestUnavailableError
      ? error.message
      : 'The request could not be handled right now; send it again',
  );
}

/** Only for the log; senders must not see messages of the database. */
function messageForLog(error: Error): string {
  const cause = error.cause as Error | undefined;
  return cause ? `${error.message} (${cause.message})` : error.message;
}
