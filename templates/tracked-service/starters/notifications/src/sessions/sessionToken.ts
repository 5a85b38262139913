import { createHash, randomBytes } from 'node:crypto';

const tokenPattern = /^[A-Za-z0-9_-]{43}$/;

/** 256 random bits: a fast hash is enough, because there is nothing to guess. */
export const newToken = () => randomBytes(32).toString('base64url');

export const hashToken = (token: string) =>
  createHash('sha256').update(token).digest();

export const looksLikeToken = (value: string | undefined): value is string =>
  value !== undefined && tokenPattern.test(value);
