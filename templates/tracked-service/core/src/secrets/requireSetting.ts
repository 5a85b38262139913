import type { Config } from '../config/config.js';

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
