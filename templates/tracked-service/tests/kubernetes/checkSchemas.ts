import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import { describe as nameOf, type Manifest } from './Manifest';
import {
  kindsOf,
  type CustomResourceDefinition,
  type Schema,
} from './schema/buildSchema';

interface Extract {
  definitions: Record<string, Schema>;
  customResources: CustomResourceDefinition[];
}

const extract: Extract = JSON.parse(
  readFileSync(join(__dirname, 'schema/kubernetes.json'), 'utf8'),
);

const PREFIX = 'io.k8s.apimachinery.pkg.';
/** Types that also accept numbers, which the description of the API does not say. */
const NUMBER_OR_TEXT = [
  `${PREFIX}api.resource.Quantity`,
  `${PREFIX}util.intstr.IntOrString`,
];

const ajv = new Ajv({
  strict: false,
  validateFormats: false,
  allErrors: true,
  schemas: [
    {
      $id: 'kubernetes',
      definitions: Object.fromEntries(
        Object.entries(extract.definitions).map(([name, schema]) => [
          name,
          NUMBER_OR_TEXT.includes(name)
            ? { type: ['string', 'number'] }
            : close(schema),
        ]),
      ),
    },
  ],
});

const validators = new Map<string, ValidateFunction>([
  ...Object.entries(extract.definitions).flatMap(([name, schema]) =>
    kindsOf(schema).map(
      kind =>
        [
          kind,
          ajv.compile({ $ref: `kubernetes#/definitions/${name}` }),
        ] as const,
    ),
  ),
  ...extract.customResources.map(({ spec }) => {
    const [{ name, schema }] = spec.versions;
    return [
      `${spec.group}/${name}/${spec.names.kind}`,
      ajv.compile(closeCustomResource(schema.openAPIV3Schema)),
    ] as const;
  }),
]);

/** Custom resources that the manifests may use, as the API server accepts them. */
export const customResources = extract.customResources;

/**
 * What the schemas of the kinds say against a manifest. Unlike an API server without strict validation, they reject
 * fields that they do not know: a misspelt probe would otherwise be none.
 */
export function checkSchemas(manifests: readonly Manifest[]): string[] {
  return manifests.flatMap(manifest => {
    const kind = `${manifest.apiVersion}/${manifest.kind}`;
    const validate = validators.get(kind);
    if (!validate) return [`${nameOf(manifest)}: there is no kind ${kind}`];
    validate(manifest);
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${nameOf(manifest)}: ${
          instancePath || '/'
        } ${message} ${JSON.stringify(params)}`,
    );
  });
}

/** The same schema, in which an object with named properties has no others. */
function close(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(close);
  if (typeof schema !== 'object' || schema === null) return schema;
  const closed = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [
      key,
      key === 'properties' ? closeEach(value as Schema) : close(value),
    ]),
  );
  const isOpen =
    closed['x-kubernetes-preserve-unknown-fields'] === true ||
    closed.additionalProperties !== undefined;
  if (closed.properties && !isOpen) closed.additionalProperties = false;
  if (closed['x-kubernetes-int-or-string'] === true) {
    return { type: ['string', 'integer'] };
  }
  return closed;
}

function closeEach(properties: Schema): Schema {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, close(schema)]),
  );
}

/** Its metadata are those of all kinds. */
function closeCustomResource(schema: Schema): Schema {
  const closed = close(schema) as Schema & { properties: Schema };
  const metadata = {
    $ref: `kubernetes#/definitions/${PREFIX}apis.meta.v1.ObjectMeta`,
  };
  return { ...closed, properties: { ...closed.properties, metadata } };
}
