import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import document from './openapi.json';
import { RequestValidator } from './RequestValidator';

describe('the OpenAPI document', () => {
  it('matches the generated types and the validator', () => {
    const script = resolve(__dirname, '../../scripts/generateApi.mjs');
    // Fails with the names of the files that are out of date.
    expect(() =>
      execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' }),
    ).not.toThrow();
  }, 60_000);

  it('describes every operation once, with a schema that compiles', () => {
    const ids = Object.values(document.paths).flatMap(path =>
      Object.entries(path)
        .filter(([key]) => key !== 'parameters')
        .map(([, operation]) => (operation as any).operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(() => new RequestValidator()).not.toThrow();
  });

  it('has only valid schemas, which the validator takes for granted', () => {
    const ajv = new Ajv2020({ strict: false });
    expect(findSchemas(document)).not.toHaveLength(0);
    for (const { path, schema } of findSchemas(document)) {
      ajv.validateSchema(schema);
      expect({ path, errors: ajv.errors }).toEqual({ path, errors: null });
    }
  });

  it('reports what is wrong in a body, and where', () => {
    const validator = new RequestValidator();
    const event = {
      kind: 'drift',
      id: '1',
      at: '2026-01-01T00:00:00Z',
      status: 'drifted',
    };
    expect(() =>
      validator.validateSchema('ReportedEvent', event),
    ).not.toThrow();
    expect(() =>
      validator.validateSchema('ReportedEvent', {
        ...event,
        driftedResources: [{ id: 'a' }, { id: 'b', change: 'moved' }],
      }),
    ).toThrow(
      "Invalid body: 'driftedResources.1.change' must be one of added, changed, deleted",
    );
  });
});

/** Every schema that is not part of another one, with its place in the document. */
function findSchemas(
  value: object,
  path = '#',
): Array<{ path: string; schema: object }> {
  return Object.entries(value).flatMap(([key, part]) => {
    if (typeof part !== 'object' || part === null) return [];
    const place = `${path}/${key}`;
    if (key === 'schema') return [{ path: place, schema: part }];
    if (place === '#/components/schemas') {
      return Object.entries<object>(part).map(([name, schema]) => ({
        path: `${place}/${name}`,
        schema,
      }));
    }
    return findSchemas(part, place);
  });
}
