import { AuthenticationError } from '@backstage/errors';
import type { Request } from 'express';
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { WebhookSignature } from './SignedWebhooks';

const hex = /^[0-9a-f]{64}$/i;

/** The signature of a webhook: an HMAC-SHA256 of the body, in hex. */
export function readSignature(
  req: Pick<Request, 'get'>,
  options: {
    header: string;
    /** What stands before the hex, such as `sha256=`. */
    prefix?: string;
    /** Any of them may have signed. */
    secrets: readonly string[];
  },
): WebhookSignature {
  const { header, prefix = '', secrets } = options;
  const value = req.get(header) ?? '';
  const text = value.toLowerCase().startsWith(prefix.toLowerCase())
    ? value.slice(prefix.length)
    : '';
  const isWellFormed = hex.test(text);
  return {
    isWellFormed,
    isGenuine: body => isWellFormed && isSignedBy(body, text, secrets),
    refuse: () =>
      new AuthenticationError(`The signature in ${header} is missing or wrong`),
  };
}

/** All secrets are tried, and one if there is none, so that the response time reveals nothing. */
function isSignedBy(
  body: Uint8Array,
  text: string,
  secrets: readonly string[],
): boolean {
  const given = Buffer.from(text, 'hex');
  const candidates = secrets.length > 0 ? secrets : [''];
  const matches = candidates.map(secret =>
    timingSafeEqual(given, createHmac('sha256', secret).update(body).digest()),
  );
  return secrets.length > 0 && matches.includes(true);
}
