import { Type } from 'typebox';
import type { Config } from './config.js';

export const flag = (fallback: boolean) => Type.Boolean({ default: fallback });

export const count = (fallback: number, maximum: number) =>
  Type.Integer({ default: fallback, minimum: 1, maximum });

export const port = (fallback: number) =>
  Type.Integer({ default: fallback, minimum: 0, maximum: 65_535 });

export const durationMs = (fallback: number) =>
  Type.Integer({ default: fallback, minimum: 0, maximum: 3_600_000 });

/** @throws Error that names the variable if it is not set. */
export function requireSetting<Key extends keyof Config>(
  config: Config,
  name: Key,
): NonNullable<Config[Key]> {
  const value = config[name];
  if (value === undefined || value === '') {
    throw new Error(`${name} must be set for this SECRETS_BACKEND`);
  }
  return value;
}
