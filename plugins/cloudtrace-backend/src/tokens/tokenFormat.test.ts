import crypto from 'node:crypto';
import fc from 'fast-check';
import { generateToken, parseToken, readBearerToken } from './tokenFormat';

describe('token format', () => {
  it('round-trips, and detects any changed character', () => {
    const { token, tokenId, secret } = generateToken();
    expect(token).toMatch(/^ctk_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$/);
    expect(parseToken(token)).toEqual({ tokenId, secret });
    fc.assert(
      fc.property(
        fc.nat(token.length - 1),
        fc.constantFrom(...'0aZ_-é'),
        (at, character) => {
          fc.pre(token[at] !== character);
          const changed = token.slice(0, at) + character + token.slice(at + 1);
          expect(parseToken(changed)).toBeUndefined();
        },
      ),
    );
  });

  it('never throws on arbitrary text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(parseToken(text)).toBeUndefined();
        readBearerToken(text);
      }),
    );
  });

  it('reads bearer headers', () => {
    expect(readBearerToken('Bearer abc')).toBe('abc');
    expect(readBearerToken('bearer  abc ')).toBe('abc');
    for (const header of [undefined, '', 'abc', 'Basic abc', 'Bearer a b']) {
      expect(readBearerToken(header)).toBeUndefined();
    }
    expect(readBearerToken(`Bearer ${'x'.repeat(1000)}`)).toBeUndefined();
  });

  it('accepts a token from outside by its checksum', () => {
    const body = `ctk_${'a'.repeat(12)}_${'B'.repeat(43)}`;
    // CRC32 of the body in base62, by an independent implementation.
    const token = `${body}05qh4B`;
    expect(parseToken(token)).toEqual({
      tokenId: 'a'.repeat(12),
      secret: 'B'.repeat(43),
    });
    expect(parseToken(`${token}\n`)).toBeUndefined();
    expect(parseToken(`x${token.slice(1)}`)).toBeUndefined();
  });

  it('uses every letter about equally often', () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 400; i += 1) {
      for (const letter of generateToken().secret) {
        counts.set(letter, (counts.get(letter) ?? 0) + 1);
      }
    }
    // 17,200 letters, 277 of each are expected; the standard deviation is 17.
    expect(counts.size).toBe(62);
    expect(Math.min(...counts.values())).toBeGreaterThan(277 - 7 * 17);
    expect(Math.max(...counts.values())).toBeLessThan(277 + 7 * 17);
  });

  it('rejects bytes that would make some letters more likely', () => {
    const random = jest
      .spyOn(crypto, 'randomBytes')
      .mockImplementation(() =>
        Buffer.from([248, 255, 0, 61, 62, 247, ...Array(60).fill(1)]),
      );
    const { tokenId, secret } = generateToken();
    random.mockRestore();
    expect(tokenId).toBe(`0z0z${'1'.repeat(8)}`);
    expect(secret).toBe(`0z0z${'1'.repeat(39)}`);
  });

  it('reads a header up to the longest allowed one', () => {
    const header = `Bearer ${'x'.repeat(505)}`;
    expect(readBearerToken(header)).toBe('x'.repeat(505));
    expect(readBearerToken(`${header}x`)).toBeUndefined();
    expect(readBearerToken(`${header}x`, 513)).toBe('x'.repeat(506));
    for (const other of ['xBearer abc', 'Bearerabc', 'Bearer abc\tx']) {
      expect(readBearerToken(other)).toBeUndefined();
    }
  });
});
