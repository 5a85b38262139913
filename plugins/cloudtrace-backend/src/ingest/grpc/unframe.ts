import { RPC_CODE } from '../otlp/encodeAnswer';
import { HttpError } from '../http/HttpError';

/** Bytes before a message: whether it is compressed, and its length. */
export const PREFIX_BYTES = 5;

/**
 * Returns the only message of a unary call, as it was sent.
 *
 * @throws HttpError 400 if the stream has no message, a part of one, or more
 */
export function unframe(stream: Buffer): {
  compressed: boolean;
  message: Buffer;
} {
  if (stream.length === 0) {
    throw malformed('the stream ended without a message');
  }
  const end =
    stream.length >= PREFIX_BYTES ? PREFIX_BYTES + stream.readUInt32BE(1) : NaN;
  if (!(stream.length >= end)) {
    throw malformed('the stream ended inside a message');
  }
  if (stream.length > end) {
    throw malformed('an export is one message, and more followed');
  }
  const flag = stream[0];
  if (flag > 1) throw malformed(`unknown flag ${flag} of a message`);
  return { compressed: flag === 1, message: stream.subarray(PREFIX_BYTES) };
}

/** A message as it is sent, not compressed. */
export function frame(message: Buffer): Buffer {
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

function malformed(reason: string): HttpError {
  return new HttpError(
    400,
    RPC_CODE.invalidArgument,
    `Malformed gRPC stream: ${reason}`,
  );
}
