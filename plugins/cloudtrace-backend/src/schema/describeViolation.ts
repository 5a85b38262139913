import type { ErrorObject } from 'ajv/dist/2020';

/** The keywords and definitions of a schema that a message needs. */
interface Schema {
  $ref?: string;
  description?: string;
  oneOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
}

/** Finds the schema that a reference names. */
export type ResolveRef = (ref: string) => unknown;

/** What a value must be, in plain words, such as "must be a whole number". */
export function describeViolation(error: ErrorObject): string {
  return describers[error.keyword]?.(error) ?? error.message ?? 'is invalid';
}

/**
 * Returns the property that chooses between the alternatives of a schema, and
 * what it must be. `undefined` if the error is about something else.
 */
export function describeTag(
  error: ErrorObject,
  resolve: ResolveRef,
): { name: string; detail: string } | undefined {
  if (error.keyword !== 'discriminator') return undefined;
  const name: string = error.params.tag;
  const allowed = `must be one of ${tagsOf(error, resolve).join(', ')}`;
  return {
    name,
    detail:
      error.params.tagValue === undefined
        ? `is missing; it ${allowed}`
        : allowed,
  };
}

function tagsOf({ parentSchema, params }: ErrorObject, resolve: ResolveRef) {
  const { oneOf = [] } = (parentSchema ?? {}) as Schema;
  return oneOf.flatMap(alternative => {
    const schema = alternative.$ref
      ? (resolve(alternative.$ref) as Schema)
      : alternative;
    const tag = schema?.properties?.[params.tag];
    return tag?.enum ?? tag?.const ?? [];
  });
}

const describers: Record<string, (error: ErrorObject) => string> = {
  enum: ({ params }) => `must be one of ${params.allowedValues.join(', ')}`,
  const: ({ params }) => `must be ${params.allowedValue}`,
  type: ({ params }) =>
    `must be ${[params.type]
      .flat()
      .map(type => typeNames[type] ?? type)
      .join(' or ')}`,
  format: ({ params, message }) => formats[params.format] ?? message,
  pattern: describePattern,
  minLength: ({ params: { limit } }) =>
    limit === 1
      ? 'must not be empty'
      : `must have at least ${limit} characters`,
  maxLength: ({ params: { limit } }) =>
    `must have at most ${count(limit, 'character')}`,
  minItems: ({ params: { limit } }) =>
    limit === 1
      ? 'must not be empty'
      : `must have at least ${count(limit, 'item')}`,
  maxItems: ({ params: { limit } }) =>
    `must have at most ${count(limit, 'item')}`,
  uniqueItems: () => 'must not list the same item twice',
  minimum: ({ params }) => `must be at least ${params.limit}`,
  maximum: ({ params }) => `must be at most ${params.limit}`,
  exclusiveMinimum: ({ params }) => `must be more than ${params.limit}`,
  exclusiveMaximum: ({ params }) => `must be less than ${params.limit}`,
};

const typeNames: Record<string, string> = {
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

const formats: Record<string, string> = {
  'date-time': 'must be a time such as 2026-11-29T10:00:00Z',
  date: 'must be a date such as 2026-11-29',
  uri: 'must be a URL',
  uuid: 'must be a UUID',
};

function describePattern({ params, message, parentSchema }: ErrorObject) {
  if (params.pattern === '^https?://') {
    return 'must start with http:// or https://';
  }
  const { description } = (parentSchema ?? {}) as Schema;
  return description
    ? `${message} (${description.replace(/\.$/, '')})`
    : message ?? `must match the pattern ${params.pattern}`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
