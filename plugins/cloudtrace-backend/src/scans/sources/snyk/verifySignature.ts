import { createHmac, timingSafeEqual } from 'node:crypto';

const form = /^sha256=([0-9a-f]{64})$/i;

/** Whether a header has the form of a signature at all; cheap, before a body is read. */
export function isSignature(header: string | undefined): header is string {
  return header !== undefined && form.test(header);
}

/** Whether `X-Hub-Signature` is the HMAC-SHA256 of the body by any of the secrets. */
export function verifySignature(
  body: Uint8Array,
  header: string,
  secrets: readonly string[],
): boolean {
  const given = Buffer.from(form.exec(header)?.[1] ?? '', 'hex');
  let valid = false;
  // All are tried, so that the time does not tell which one matched.
  for (const secret of secrets) {
    const own = createHmac('sha256', secret).update(body).digest();
    const same = given.length === own.length && timingSafeEqual(given, own);
    valid = valid || same;
  }
  return valid;
}
