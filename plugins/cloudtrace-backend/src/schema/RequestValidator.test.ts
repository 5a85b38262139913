import { InputError } from '@backstage/errors';
import document from './openapi.json';
import { RequestValidator } from './RequestValidator';

describe('RequestValidator', () => {
  const validator = new RequestValidator();
  const messageOf = (validate: () => unknown) => {
    try {
      validate();
    } catch (error) {
      expect(error).toMatchObject({ name: 'InputError' });
      return (error as Error).message;
    }
    throw new Error('The value was accepted');
  };
  const deploy = {
    kind: 'deploy',
    id: '1',
    at: '2026-01-01T00:00:00Z',
    status: 'succeeded',
    version: '1',
  };
  const kinds = 'must be one of deploy, drift, load-test, healing';
  const time = 'must be a time such as 2026-11-29T10:00:00Z';

  it.each(
    Object.values(document.paths)
      .flatMap(({ parameters, ...methods }: any) => Object.values(methods))
      .map((operation: any) => operation.operationId as string),
  )('understands the schemas of the operation %s', operationId => {
    expect(() =>
      validator.validate(operationId, {
        params: {},
        query: { 'no such parameter': '1' },
        body: {},
      }),
    ).toThrow(InputError);
  });

  it.each<[unknown, string]>([
    [{}, `Invalid body: 'kind' is missing; it ${kinds}`],
    [{ kind: 'foo' }, `Invalid body: 'kind' ${kinds}`],
    [{ kind: 7 }, `Invalid body: 'kind' ${kinds}`],
    [{ kind: null }, `Invalid body: 'kind' ${kinds}`],
    [[deploy], 'The body must be an object'],
    ['text', 'The body must be an object'],
    [{ ...deploy, id: '' }, "Invalid body: 'id' must not be empty"],
    [{ ...deploy, id: 1 }, "Invalid body: 'id' must be a string"],
    [
      { ...deploy, id: 'x'.repeat(201) },
      "Invalid body: 'id' must have at most 200 characters",
    ],
    [{ ...deploy, at: 'noon' }, `Invalid body: 'at' ${time}`],
    [
      { ...deploy, url: 'ftp://x' },
      "Invalid body: 'url' must start with http:// or https://",
    ],
    [{ ...deploy, id: undefined }, "Missing property 'id'"],
  ])('reports what is wrong in the event %j', (event, message) => {
    expect(
      messageOf(() => validator.validateSchema('ReportedEvent', event)),
    ).toBe(message);
  });

  it.each<[object, unknown, string]>([
    [{ type: 'integer' }, 1.5, 'The body must be a whole number'],
    [{ type: 'number' }, 'x', 'The body must be a number'],
    [{ type: 'boolean' }, 'x', 'The body must be true or false'],
    [{ type: 'array' }, {}, 'The body must be a list'],
    [{ type: ['string', 'null'] }, 1, 'The body must be a string or null'],
    [{ minItems: 1 }, [], 'The body must not be empty'],
    [{ maxItems: 1 }, [1, 2], 'The body must have at most 1 item'],
    [
      { uniqueItems: true },
      [1, 1],
      'The body must not list the same item twice',
    ],
    [{ minimum: 1 }, 0, 'The body must be at least 1'],
    [{ maximum: 1 }, 2, 'The body must be at most 1'],
    [{ const: 'a' }, 'b', 'The body must be a'],
  ])('reports what is wrong against %j in %j', (schema, value, message) => {
    expect(messageOf(() => validator.validateValue(schema, value))).toBe(
      message,
    );
  });

  it('rejects an invalid schema of a scan source', () => {
    expect(() => validator.validateValue({ type: 'text' }, 'a')).toThrow(
      'schema is invalid: data/type must be equal to one of the allowed values',
    );
  });

  it('reports which query parameter is wrong', () => {
    const query = (values: Record<string, unknown>) =>
      messageOf(() =>
        validator.validate('listRequests', {
          params: { kind: 'component', namespace: 'default', name: 'shop' },
          query: values,
        }),
      );
    expect(query({ limit: 'many' })).toBe(
      "Invalid query parameter 'limit': it must be a whole number",
    );
    expect(query({ from: 'yesterday' })).toBe(
      `Invalid query parameter 'from': it ${time}`,
    );
    expect(query({ cursor: '' })).toBe(
      "Invalid query parameter 'cursor': it must not be empty",
    );
  });
});
