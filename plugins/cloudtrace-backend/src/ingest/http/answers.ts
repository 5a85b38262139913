import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OtlpEncoding } from '../IngestService';
import { encodeStatus } from '../otlp/encodeAnswer';
import type { HttpError } from './HttpError';

const CONTENT_TYPE: Record<OtlpEncoding, string> = {
  protobuf: 'application/x-protobuf',
  json: 'application/json',
};

/** The encoding of a request; `undefined` if it is none of OTLP's. */
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

/** Answers with a google.rpc.Status; with `Retry-After` where sending again helps. */
export function answerError(
  req: IncomingMessage,
  res: ServerResponse,
  failure: HttpError,
  encoding: OtlpEncoding,
): void {
  const headers = { ...failure.headers };
  if (failure.status === 503 || failure.status === 429) {
    // More than a second or two, and the official exporters give up at once.
    headers['retry-after'] = Math.random() < 0.5 ? '1' : '2';
  }
  const body = encodeStatus(failure.rpcCode, failure.message, encoding);
  if (req.complete) {
    beginAnswer(res, failure.status, encoding, body, headers).end(body);
  } else {
    answerEarly(req, res, failure.status, encoding, body, headers);
  }
}

/** How long a sender has to see an answer that comes before the end of its body. */
const LINGER_MS = 1000;

/**
 * Answers without reading what is left of the body. Closing at once would reset
 * the connection under a sender that still writes, which then sees a broken
 * connection and tries again, instead of the answer.
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
  // That is all of it; a sender that has it closes the connection.
  res.write(body);
  const end = () => {
    clearTimeout(late);
    res.end();
  };
  const late = setTimeout(end, LINGER_MS);
  req.once('close', end);
}

/** Writes all but the body, which is as long as given. */
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
