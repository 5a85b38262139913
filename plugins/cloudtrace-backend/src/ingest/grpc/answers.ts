import type { ServerHttp2Stream } from 'node:http2';
import { constants } from 'node:http2';
import type { HttpError } from '../http/HttpError';
import { encodeRetryStatus, encodeStatus } from '../otlp/encodeAnswer';
import { frame } from './unframe';

const HEADERS = {
  ':status': 200,
  'content-type': 'application/grpc+proto',
  'grpc-accept-encoding': 'identity, gzip, zstd',
};

/** Responds with a message and the status OK. */
export function answerMessage(
  stream: ServerHttp2Stream,
  message: Buffer,
): void {
  if (stream.destroyed) return;
  stream.respond(HEADERS, { waitForTrailers: true });
  stream.once('wantTrailers', () =>
    stream.sendTrailers({ 'grpc-status': '0' }),
  );
  stream.end(frame(message));
}

/**
 * Responds with a status alone, and stops the sender if it is still sending. If
 * a retry helps, the status says when.
 */
export function answerStatus(
  stream: ServerHttp2Stream,
  failure: HttpError,
): void {
  if (stream.destroyed) return;
  const { status, rpcCode, message } = failure;
  const details =
    status === 503 || status === 429
      ? encodeRetryStatus(rpcCode, message, Math.random() < 0.5 ? 1 : 2)
      : encodeStatus(rpcCode, message, 'protobuf');
  stream.respond(
    {
      ...HEADERS,
      'grpc-status': String(rpcCode),
      'grpc-message': percentEncode(message),
      'grpc-status-details-bin': details.toString('base64').replace(/=+$/, ''),
    },
    { endStream: true },
  );
  if (!stream.readableEnded) stream.close(constants.NGHTTP2_NO_ERROR);
}

/** As gRPC requires for `grpc-message`: printable ASCII stays, except `%`. */
function percentEncode(text: string): string {
  let encoded = '';
  for (const byte of Buffer.from(text)) {
    const plain = byte >= 0x20 && byte <= 0x7e && byte !== 0x25;
    encoded += plain
      ? String.fromCharCode(byte)
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}
