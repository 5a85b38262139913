import { Type } from 'typebox';

/**
 * Text that a person enters: PostgreSQL cannot store U+0000, and other control characters hide what is written. Markup is
 * stored as it is, because whatever shows it must escape it anyway.
 */
export const text = (minLength: number, maxLength: number) =>
  Type.String({
    minLength,
    maxLength,
    pattern: minLength > 0 ? '^(?=.*\\S)[^\\p{Cc}]*$' : '^[^\\p{Cc}]*$',
  });

/** The same over several lines. */
export const multilineText = (maxLength: number) =>
  Type.String({ maxLength, pattern: '^(?:[^\\p{Cc}]|[\\n\\r\\t])*$' });
