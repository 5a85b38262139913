import type { LoggerService } from '@backstage/backend-plugin-api';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ExportReceiver, ExportResult } from '../ExportReceiver';
import type { IngestMeter } from '../IngestMeter';
import type { OtlpEncoding } from '../IngestService';
import { encodeExportResponse, RPC_CODE } from '../otlp/encodeAnswer';
import { answerError, beginAnswer, readEncoding } from './answers';
import { COMPRESSIONS, parseCompression, type Compression } from './decompress';
import { HttpError } from './HttpError';
import { ClientGoneError, readBody, type ReadBodyOptions } from './readBody';
import { messageForLog, toHttpError } from './toHttpError';

/** Dependencies of the handler. */
export interface OtlpHandlerOptions {
  receiver: ExportReceiver;
  meter: IngestMeter;
  body: ReadBodyOptions;
  logger: LoggerService;
}

/**
 * Handles `POST /otlp/v1/traces` (OTLP/HTTP).
 *
 * Checks in this order: token, content type and encoding, quotas, whether the
 * server of the entity can be used — all from the headers, before reading the
 * body. Then it reads the body within limits, stores the spans, and responds
 * when they are durable. Errors are google.rpc.Status in the encoding of the
 * request.
 */
export function createOtlpHandler(options: OtlpHandlerOptions) {
  const { meter, logger } = options;
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const encoding = readEncoding(req);
    try {
      const { outcome, refused } = await handle(req, encoding, options);
      const type = encoding ?? 'json';
      const body = encodeExportResponse(outcome, type, refused);
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
  { receiver, body }: OtlpHandlerOptions,
): Promise<ExportResult> {
  const sender = await receiver.authorize(req.headers.authorization);
  if (!encoding) {
    throw new HttpError(
      415,
      RPC_CODE.invalidArgument,
      'The content type must be application/x-protobuf or application/json',
    );
  }
  const compression = readCompression(req);
  receiver.admit(sender);
  const content = await readBody(req, compression, body);
  return receiver.store(sender, content, encoding);
}

function readCompression(req: IncomingMessage): Compression {
  const compression = parseCompression(req.headers['content-encoding']);
  if (compression) return compression;
  const names = COMPRESSIONS.join(', ');
  throw new HttpError(
    415,
    RPC_CODE.invalidArgument,
    `The content encoding must be one of ${names}`,
    { 'accept-encoding': names },
  );
}
