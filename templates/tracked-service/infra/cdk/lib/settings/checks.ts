import type { ServiceSettings } from './ServiceSettings.ts';

/** Returns why a value of a setting is rejected. */
export type Check = (
  value: unknown,
  settings: ServiceSettings,
) => string | undefined;

/** A text that matches a pattern. */
export const matches =
  (pattern: RegExp, reason: string): Check =>
  value =>
    typeof value === 'string' && pattern.test(value) ? undefined : reason;

/** An empty text, or what another check accepts. */
export const emptyOr =
  (check: Check): Check =>
  (value, settings) =>
    value === '' ? undefined : check(value, settings);

/** True or false. */
export const flag: Check = value =>
  typeof value === 'boolean' ? undefined : 'must be true or false';

/** A whole number within bounds. */
export const integer =
  (minimum: number, maximum: number): Check =>
  value =>
    Number.isInteger(value) &&
    (value as number) >= minimum &&
    (value as number) <= maximum
      ? undefined
      : `must be a whole number from ${minimum} to ${maximum}`;

/** One of some choices. */
export const oneOf =
  (...choices: (string | number)[]): Check =>
  value =>
    choices.includes(value as string | number)
      ? undefined
      : `must be one of ${choices.join(', ')}`;

/** Whether a value is a list of texts. */
export const isStrings = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every(item => typeof item === 'string');
