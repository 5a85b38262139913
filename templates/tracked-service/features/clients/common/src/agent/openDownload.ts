import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { pipeline, Transform, type Readable } from 'node:stream';
import { isPublicAddress, publicLookup } from './publicLookup.js';

export interface Download {
  readonly body: Readable;
  readonly contentType: string | undefined;
}

/**
 * Opens an https address that a caller chose. Redirects are not followed, and addresses of internal networks are
 * rejected.
 *
 * @throws Error if the address is rejected, or does not respond with 200.
 */
export async function openDownload(options: {
  url: string;
  maxBytes: number;
  signal: AbortSignal;
  /** Replaced in tests, which have no public address. */
  send?: typeof httpsRequest;
  lookup?: LookupFunction;
}): Promise<Download> {
  const { hostname } = new URL(options.url);
  const literal = hostname.replace(/^\[|\]$/g, '');
  // Literal addresses are never resolved.
  if (isIP(literal) && !isPublicAddress(literal)) {
    throw new Error(`${literal} is not a public address`);
  }
  const request = (options.send ?? httpsRequest)(options.url, {
    lookup: options.lookup ?? publicLookup,
    signal: options.signal,
    timeout: 15_000,
  });
  request.on('timeout', () =>
    request.destroy(new Error(`No data from ${hostname} for 15 s`)),
  );
  request.end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  if (response.statusCode !== 200) {
    response.resume();
    throw new Error(`${hostname} responded with ${response.statusCode}`);
  }
  const body = limitTo(options.maxBytes);
  // The reader of `body` gets every error; nobody else needs it.
  pipeline(response, body, () => undefined);
  return { body, contentType: response.headers['content-type'] };
}

function limitTo(maxBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, callback) {
      bytes += chunk.length;
      if (bytes > maxBytes) {
        callback(new Error(`The download is larger than ${maxBytes} bytes`));
      } else callback(null, chunk);
    },
  });
}
