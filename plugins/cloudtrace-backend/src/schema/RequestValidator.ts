import { InputError } from '@backstage/errors';
import addFormats from 'ajv-formats';
import Ajv2020, {
  type ErrorObject,
  type ValidateFunction,
} from 'ajv/dist/2020';
import { describeTag, describeViolation } from './describeViolation';
import document from './openapi.json';

const DOCUMENT_ID = 'openapi.json';

type Place = 'path parameter' | 'query parameter' | 'body';

interface Parameter {
  name: string;
  in: 'path' | 'query';
  required?: boolean;
  schema: { type?: string };
}
interface Operation {
  operationId: string;
  parameters?: unknown[];
  requestBody?: { content: { 'application/json'?: { schema: object } } };
}

/** How the input of one operation is validated. */
interface OperationValidator {
  params: ValidateFunction;
  query: ValidateFunction;
  /** Query parameters that may be repeated. */
  lists: string[];
  body?: ValidateFunction;
}

/** Validated input of one call. */
export interface ValidInput {
  params: Record<string, string>;
  query: Record<string, unknown>;
  body: unknown;
}

/**
 * Validates calls against the OpenAPI document: anything it does not describe
 * is rejected.
 *
 * @remarks Query parameters arrive as text; they are converted to the described
 * types, with defaults filled in. Bodies are not converted.
 */
export class RequestValidator {
  readonly #text: Ajv2020;
  readonly #json: Ajv2020;
  /** For schemas of others, which may be invalid, unlike those of the document. */
  readonly #foreign: () => Ajv2020;
  /** By operation id; compiled on first use, because compiling all takes half a second. */
  readonly #operations = new Map<string, () => OperationValidator>();

  constructor() {
    // Verbose: errors include the schema, which states what is expected.
    const common = {
      strict: false,
      discriminator: true,
      allErrors: false,
      verbose: true,
    };
    this.#foreign = once(() => addFormats(new Ajv2020(common)) as Ajv2020);
    // A test validates the document's schemas. Here, to compile what validates
    // schemas would take longer than all else that a backend does at its start.
    const own = { ...common, validateSchema: false };
    this.#text = new Ajv2020({
      ...own,
      coerceTypes: true,
      useDefaults: true,
    });
    this.#json = new Ajv2020(own);
    for (const ajv of [this.#text, this.#json]) {
      addFormats(ajv);
      ajv.addSchema(document, DOCUMENT_ID);
    }
    for (const path of Object.values(document.paths)) {
      const { parameters: shared = [], ...methods } = path as {
        parameters?: unknown[];
      };
      for (const operation of Object.values(methods) as Operation[]) {
        this.#operations.set(
          operation.operationId,
          once(() => this.#compile(operation, shared)),
        );
      }
    }
  }

  /** @throws `InputError` that names the parameter or the location in the body */
  validate(
    operationId: string,
    input: {
      params: Record<string, string>;
      query: Record<string, unknown>;
      body?: unknown;
    },
  ): ValidInput {
    const operation = this.#operationOf(operationId);
    const params = { ...input.params };
    const query = { ...input.query };
    for (const name of operation.lists) {
      if (typeof query[name] === 'string') query[name] = [query[name]];
    }
    refuseNul(params, 'path parameter');
    refuseNul(query, 'query parameter');
    refuseNul(input.body, 'body');
    check(operation.params, params, 'path parameter');
    check(operation.query, query, 'query parameter');
    if (operation.body) {
      check(operation.body, input.body, 'body');
    }
    return { params, query, body: input.body };
  }

  /**
   * Validates a value against a schema of the document.
   *
   * @throws `InputError` with the location
   */
  validateSchema(name: string, value: unknown): void {
    refuseNul(value, 'body');
    const validate = this.#json.getSchema(
      `${DOCUMENT_ID}#/components/schemas/${name}`,
    );
    if (!validate) {
      throw new Error(`The OpenAPI document has no schema ${name}`);
    }
    check(validate as ValidateFunction, value, 'body');
  }

  /**
   * Validates a value against a JSON schema that is not in the document.
   *
   * @throws `InputError` with the location
   */
  validateValue(schema: object, value: unknown): void {
    refuseNul(value, 'body');
    check(this.#foreign().compile(schema), value, 'body');
  }

  #operationOf(id: string): OperationValidator {
    const compiled = this.#operations.get(id);
    if (!compiled) {
      throw new Error(`The OpenAPI document has no operation ${id}`);
    }
    return compiled();
  }

  #compile(operation: Operation, shared: unknown[]): OperationValidator {
    const parameters = [...shared, ...(operation.parameters ?? [])].map(
      resolveParameter,
    );
    const schemaOf = (place: Parameter['in']) => {
      const own = parameters.filter(parameter => parameter.in === place);
      return {
        type: 'object',
        properties: Object.fromEntries(
          own.map(({ name, schema }) => [name, absoluteRefs(schema)]),
        ),
        required: own.filter(p => p.required).map(p => p.name),
        additionalProperties: false,
      };
    };
    const body = operation.requestBody?.content['application/json']?.schema;
    return {
      params: this.#text.compile(schemaOf('path')),
      query: this.#text.compile(schemaOf('query')),
      lists: parameters
        .filter(({ schema }) => schema.type === 'array')
        .map(({ name }) => name),
      body: body && this.#json.compile(absoluteRefs(body)),
    };
  }
}

/** Calls the function once, when its result is first needed. */
function once<T>(create: () => T): () => T {
  let value: { readonly created: T } | undefined;
  return () => (value ??= { created: create() }).created;
}

/** PostgreSQL cannot store the character U+0000 in text. */
function refuseNul(value: unknown, where: Place, path: string[] = []) {
  if (typeof value === 'string') {
    if (!value.includes('\u0000')) return;
    const name = path.length > 0 ? `'${path.join('.')}'` : 'it';
    throw new InputError(
      where === 'body'
        ? `Invalid body: ${name} must not contain the character U+0000`
        : `Invalid ${where} ${name.replace(
            /\.\d+'$/,
            "'",
          )}: it must not contain the character U+0000`,
    );
  }
  if (typeof value !== 'object' || value === null) return;
  if (path.length > 32) throw new InputError('The input is nested too deeply');
  for (const [key, part] of Object.entries(value)) {
    refuseNul(key, where, path);
    refuseNul(part, where, [...path, key]);
  }
}

function resolveParameter(parameter: unknown): Parameter {
  const ref = (parameter as { $ref?: string }).$ref;
  if (!ref) return parameter as Parameter;
  const name = ref
    .split('/')
    .at(-1) as keyof typeof document.components.parameters;
  return document.components.parameters[name] as Parameter;
}

/** References within the document, from a schema outside of it. */
function absoluteRefs<T>(schema: T): T {
  return JSON.parse(
    JSON.stringify(schema).replaceAll('"$ref":"#/', `"$ref":"${DOCUMENT_ID}#/`),
  );
}

function check(validate: ValidateFunction, value: unknown, where: Place) {
  if (validate(value)) return;
  throw new InputError(messageOf(validate.errors?.[0], where));
}

function messageOf(error: ErrorObject | undefined, where: string): string {
  if (!error) return `Invalid ${where}`;
  const { instancePath, keyword, params } = error;
  const path = instancePath.slice(1).replaceAll('/', '.');
  if (keyword === 'additionalProperties') {
    const name = [path, params.additionalProperty].filter(Boolean).join('.');
    return `Unknown ${where === 'body' ? 'property' : where} '${name}'`;
  }
  if (keyword === 'required') {
    const name = [path, params.missingProperty].filter(Boolean).join('.');
    return `Missing ${where === 'body' ? 'property' : where} '${name}'`;
  }
  const tag = describeTag(error, resolveSchema);
  const name = [path, tag?.name].filter(Boolean).join('.');
  const detail = tag?.detail ?? describeViolation(error);
  if (where === 'body') {
    return name ? `Invalid body: '${name}' ${detail}` : `The body ${detail}`;
  }
  return `Invalid ${where} '${path.replace(/\.\d+$/, '')}': it ${detail}`;
}

function resolveSchema(ref: string): unknown {
  const name = ref
    .split('/')
    .at(-1) as keyof typeof document.components.schemas;
  return document.components.schemas[name];
}
