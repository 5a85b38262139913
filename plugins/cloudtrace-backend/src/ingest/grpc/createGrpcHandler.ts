import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import type { ExportResult } from '../ExportReceiver';
import type { OtlpHandlerOptions } from '../http/createOtlpHandler';
import {
  COMPRESSIONS,
  decompress,
  parseCompression,
  prepare,
  type Compression,
} from '../http/decompress';
import { HttpError } from '../http/HttpError';
import { ClientGoneError, collectBody } from '../http/readBody';
import { messageForLog, toHttpError } from '../http/toHttpError';
import { encodeExportResponse, RPC_CODE } from '../otlp/encodeAnswer';
import { answerMessage, answerStatus } from './answers';
import { PREFIX_BYTES, unframe } from './unframe';

/** The method that exporters of traces call. */
export const EXPORT_PATH =
  '/opentelemetry.proto.collector.trace.v1.TraceService/Export';

/**
 * Handles `TraceService/Export` (OTLP/gRPC), with the same checks in the same
 * order as OTLP/HTTP: token, compression and quotas before the message is read.
 */
export function createGrpcHandler(options: OtlpHandlerOptions) {
  const { meter, logger } = options;
  return async (
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
  ): Promise<void> => {
    try {
      const { outcome, refused } = await handle(stream, headers, options);
      answerMessage(stream, encodeExportResponse(outcome, 'protobuf', refused));
      meter.countAnswer(200);
    } catch (error) {
      if (error instanceof ClientGoneError) return;
      const failure = toHttpError(error as Error);
      if (failure.status === 503) {
        logger.warn(
          `Ingest responds with UNAVAILABLE: ${messageForLog(error as Error)}`,
        );
      }
      answerStatus(stream, failure);
      meter.countAnswer(failure.status);
    }
  };
}

async function handle(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  { receiver, body }: OtlpHandlerOptions,
): Promise<ExportResult> {
  const sender = await receiver.authorize(headers.authorization);
  const compression = readCompression(headers);
  await prepare(compression);
  receiver.admit(sender);
  const content = await collectBody(
    Object.assign(stream, { headers }),
    { ...body, prefixBytes: PREFIX_BYTES },
    (raw, take) => {
      const { compressed, message } = unframe(raw);
      return decompress(
        message,
        compressed ? compression : 'identity',
        body.maxBodyBytes,
        take,
      );
    },
  );
  return receiver.store(sender, content, 'protobuf');
}

function readCompression(headers: IncomingHttpHeaders): Compression {
  const compression = parseCompression(
    headers['grpc-encoding'] as string | undefined,
  );
  if (compression) return compression;
  // The sender's library then knows what the server accepts.
  throw new HttpError(
    415,
    RPC_CODE.unimplemented,
    `The compression must be one of ${COMPRESSIONS.join(', ')}`,
  );
}
