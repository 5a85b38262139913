import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OtlpEncoding } from '../IngestService';
import { encodeStatus } from '../otlp/encodeAnswer';
import type { HttpError } from './HttpError';

const CONTENT_TYPE: Record<OtlpEncoding, string> = {
  protobuf: 'application/x-protobuf',
  json: 'application/json',
};

/** The encoding of a request; `undefined` if it is not one of OTLP's. */
export function readEncoding(req: IncomingMessage): OtlpEncoding | undefined {
  const type = (req.headers['content-type'] ?? '')
    .split(';', 1)[0]
    .trim()
    .toLowerCase();
  if (type === CONTENT_TYPE.protobuf) {
    return 'protobuf';
  }
  return type === CONTENT_TYPE.json ? 'json' : undefined;
}

/** Responds with a google.rpc.Status, and with `Retry-After` if a retry helps. */
export function answerError(
  req: IncomingMessage,
  res: ServerResponse,
  failure: HttpError,
  encoding: OtlpEncoding,
): void {
  const headers = { ...failure.headers };
  if (failure.status === 503 || failure.status === 429) {
    // With more than a second or two, the official exporters give up
    // immediately.
    headers['retry-after'] = Math.random() < 0.5 ? '1' : '2';
  }
  const body = encodeStatus(failure.rpcCode, failure.message, encoding);
  if (req.complete) {
    beginAnswer(res, failure.status, encoding, body, headers).end(body);
  } else {
    answerEarly(req, res, failure.status, encoding, body, headers);
  }
}

/** How long a sender has to read a response that is sent before the end of its body. */
const LINGER_MS = 1000;

/**
 * Responds without reading the rest of the body. Closing immediately would
 * reset the connection under a sender that is still writing; the sender would
 * see a broken connection and retry instead of reading the response.
 */
function answerEarly(
  req: IncomingMessage,
  res: ServerResponse,
  status: number,
  encoding: OtlpEncoding,
  body: Buffer,
  headers: Record<string, string>,
): void {
  beginAnswer(res, status, encoding, body, { ...headers, connection: 'close' });
  // The response is complete; a sender that has read it closes the connection.
  res.write(body);
  const end = () => {
    clearTimeout(late);
    res.end();
  };
  const late = setTimeout(end, LINGER_MS);
  req.once('close', end);
}

/** Writes everything except the body, which has the given length. */
export function beginAnswer(
  res: ServerResponse,
  status: number,
  encoding: OtlpEncoding,
  body: Buffer,
  headers: Record<string, string>,
): ServerResponse {
  return res.writeHead(status, {
    'content-type': CONTENT_TYPE[encoding],
    'content-length': body.length,
    ...headers,
  });
}
