import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/*
 * ctk_<token id: 12>_<secret: 43><checksum: 6>, all base62.
 *
 * 43 base62 characters carry 256 random bits. The checksum is the CRC32 of
 * everything before it, so that secret scanners and this backend can
 * distinguish a token from noise without a database.
 */
const ALPHABET =
  '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const TOKEN_ID_LENGTH = 12;
const SECRET_LENGTH = 43;
const CHECKSUM_LENGTH = 6;
const pattern = /^ctk_([0-9A-Za-z]{12})_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;
const TOKEN_LENGTH = 4 + TOKEN_ID_LENGTH + 1 + SECRET_LENGTH + CHECKSUM_LENGTH;

/** The parts of a well-formed token. */
export interface TokenParts {
  tokenId: string;
  secret: string;
}

/** Creates a random token. */
export function generateToken(): TokenParts & { token: string } {
  const tokenId = randomBase62(TOKEN_ID_LENGTH);
  const secret = randomBase62(SECRET_LENGTH);
  const body = `ctk_${tokenId}_${secret}`;
  return { tokenId, secret, token: `${body}${checksum(body)}` };
}

/** Splits a token; `undefined` if it is malformed or its checksum is wrong. */
export function parseToken(token: string): TokenParts | undefined {
  if (token.length !== TOKEN_LENGTH) return undefined;
  const match = pattern.exec(token);
  if (!match) return undefined;
  const [, tokenId, secret, sum] = match;
  if (checksum(token.slice(0, -CHECKSUM_LENGTH)) !== sum) return undefined;
  return { tokenId, secret };
}

/**
 * Returns the token of an `Authorization: Bearer …` header, unless the header
 * is longer than an ingest token allows.
 */
export function readBearerToken(
  authorization: string | undefined,
  maxLength: number = 512,
): string | undefined {
  if (!authorization || authorization.length > maxLength) return undefined;
  const match = /^bearer +([^\s]+) *$/i.exec(authorization);
  return match?.[1];
}

function checksum(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let i = 0; i < CHECKSUM_LENGTH; i += 1) {
    digits = ALPHABET[rest % 62] + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

function randomBase62(length: number): string {
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      // 248 = 4 × 62: larger values would make the first letters more likely.
      if (byte < 248 && text.length < length) text += ALPHABET[byte % 62];
    }
  }
  return text;
}
