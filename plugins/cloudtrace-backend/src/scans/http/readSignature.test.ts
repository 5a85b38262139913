import { createHmac } from 'node:crypto';
import { readSignature } from './readSignature';

const body = Buffer.from('{"a":1}');
const hmac = (secret: string) =>
  createHmac('sha256', secret).update(body).digest('hex');

const read = (
  value: string | undefined,
  secrets: string[],
  prefix: string | undefined = 'sha256=',
) =>
  readSignature({ get: () => value } as never, {
    header: 'X-Signature',
    prefix,
    secrets,
  });

describe('readSignature', () => {
  it('accepts a signature by any of the secrets', () => {
    const value = `SHA256=${hmac('old').toUpperCase()}`;
    expect(read(value, ['new', 'old']).isGenuine(body)).toBe(true);
    expect(read(value, ['new']).isGenuine(body)).toBe(false);
    expect(read(hmac('old'), ['old'], '').isGenuine(body)).toBe(true);
  });

  it('accepts nothing without a secret, not even a signature by an empty one', () => {
    expect(read(`sha256=${hmac('')}`, []).isGenuine(body)).toBe(false);
  });

  it.each([undefined, '', 'sha256=', hmac('s'), `sha1=${'0'.repeat(40)}`])(
    'rejects %j before the body is read',
    value => {
      const signature = read(value, ['s']);
      expect(signature.isWellFormed).toBe(false);
      expect(signature.isGenuine(body)).toBe(false);
      expect(signature.refuse().message).toBe(
        'The signature in X-Signature is missing or wrong',
      );
    },
  );
});
