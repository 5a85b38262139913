import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
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
