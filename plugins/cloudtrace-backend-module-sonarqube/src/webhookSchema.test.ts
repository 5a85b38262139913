import document from '@cloudtrace/plugin-cloudtrace-backend/src/schema/openapi.json';
import { webhookSchema } from './webhookSchema';

/** A schema of the document without references and descriptions. */
function plain(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(plain);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { $ref, ...rest } = schema as { $ref?: string };
  if ($ref) {
    const schemas: Record<string, unknown> = document.components.schemas;
    return plain(schemas[$ref.split('/').at(-1)!]);
  }
  return Object.fromEntries(
    Object.entries(rest)
      .filter(
        ([key, value]) => key !== 'description' || typeof value !== 'string',
      )
      .map(([key, value]) => [key, plain(value)]),
  );
}

it('matches what the OpenAPI document describes', () => {
  expect(plain(webhookSchema)).toEqual(
    plain(document.components.schemas.SonarqubeWebhook),
  );
});
