import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { isEntityRef } from '../http/isEntityRef';
import { parseRange } from '../http/parseRange';
import { notesOutput } from './Notes';
import type { Zod } from './types';

/** Which service an action is about. */
export function entityInput(z: Zod) {
  return {
    entityRef: z
      .string()
      .describe(
        'The service in the catalog, such as `component:default/checkout`. A name alone means a component in the namespace `default`.',
      ),
    environment: z
      .string()
      .optional()
      .describe(
        "Environment, such as `production`. By default the service's first environment.",
      ),
  };
}

/** A range of time that need not be given. */
export function rangeInput(z: Zod, defaultRange: string) {
  return {
    from: z
      .string()
      .optional()
      .describe(
        `Start of the range, ISO 8601 with time zone, such as \`2026-05-04T10:00:00Z\`. By default ${defaultRange} before \`to\`.`,
      ),
    to: z
      .string()
      .optional()
      .describe('End of the range, ISO 8601 with time zone. By default now.'),
  };
}

/** How many items to return. */
export function limitInput(z: Zod) {
  return {
    limit: z
      .number()
      .int()
      .min(1)
      .max(50)
      .optional()
      .describe('Maximum number of items, 1 to 50. By default 20.'),
  };
}

/** Number of items without `limit`. */
export const DEFAULT_LIMIT = 20;

/** The page after the first one. */
export function cursorInput(z: Zod) {
  return {
    cursor: z
      .string()
      .optional()
      .describe('`nextCursor` of the previous answer, for the next page.'),
  };
}

/** The part that all answers about a service have in common. */
export function scopeOutput(z: Zod) {
  return {
    ...notesOutput(z),
    entityRef: z.string(),
    environment: z.string(),
    from: z.string().describe('Start of the range, ISO 8601'),
    to: z.string().describe('End of the range, exclusive, ISO 8601'),
  };
}

/**
 * Reads an entity ref as a person or an assistant writes it.
 *
 * @throws `InputError` that names the input
 */
export function readEntityRef(text: string): string {
  let ref;
  try {
    ref = parseEntityRef(text.trim(), {
      defaultKind: 'component',
      defaultNamespace: 'default',
    });
  } catch {
    ref = undefined;
  }
  if (!ref || !isEntityRef(ref)) {
    throw new InputError(
      `Invalid 'entityRef': it must be an entity reference such as component:default/checkout`,
    );
  }
  return stringifyEntityRef(ref);
}

/**
 * Fixes the range, so that all parts of an answer cover the same time.
 *
 * @throws `InputError` for an invalid range
 */
export function fixRange(
  input: { from?: string; to?: string },
  defaultMs?: number,
): { from: string; to: string } {
  for (const name of ['from', 'to'] as const) {
    const text = input[name];
    if (text !== undefined && !isTime(text)) {
      throw new InputError(
        `Invalid '${name}': it must be a time with a time zone in ISO 8601, such as 2026-05-04T10:00:00Z`,
      );
    }
  }
  const { from, to } = parseRange(input, new Date(), defaultMs);
  return { from: from.toISOString(), to: to.toISOString() };
}

/** A time without a zone would mean that of the server, which nobody knows. */
const TIME =
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/i;

function isTime(text: string): boolean {
  if (!TIME.test(text)) return false;
  // JavaScript reads 31 February as 3 March.
  const day = text.slice(0, 10);
  const time = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(day);
}
