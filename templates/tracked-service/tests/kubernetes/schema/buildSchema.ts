/** Part of a JSON schema. */
export type Schema = { [key: string]: unknown };

/** What the API server publishes about its kinds: `api/openapi-spec/swagger.json` of Kubernetes. */
export interface ApiDescription {
  info: { version: string };
  definitions: Record<string, Schema>;
}

/** A CustomResourceDefinition, as a project publishes it. */
export interface CustomResourceDefinition {
  spec: {
    group: string;
    scope: string;
    names: { kind: string; plural: string };
    versions: Array<{
      name: string;
      schema: { openAPIV3Schema: Schema };
    }>;
  };
}

interface GroupVersionKind {
  group: string;
  version: string;
  kind: string;
}

const REFERENCE = '#/definitions/';

/** Returns the definitions of these kinds, such as `apps/v1/Deployment`, and all that they refer to. */
export function selectDefinitions(
  { definitions }: ApiDescription,
  kinds: readonly string[],
): Record<string, Schema> {
  const selected: Record<string, Schema> = {};
  const add = (name: string) => {
    if (selected[name]) return;
    selected[name] = withoutProse(definitions[name]) as Schema;
    for (const referred of referencesIn(selected[name])) add(referred);
  };
  for (const kind of kinds) {
    const found = Object.keys(definitions).find(name =>
      kindsOf(definitions[name]).includes(kind),
    );
    if (!found) throw new Error(`Kubernetes has no kind ${kind}`);
    add(found);
  }
  return selected;
}

/** The names of the kinds that a definition describes, such as `apps/v1/Deployment`. */
export function kindsOf(definition: Schema): string[] {
  const named = definition['x-kubernetes-group-version-kind'];
  return ((named ?? []) as GroupVersionKind[]).map(({ group, version, kind }) =>
    [group, version, kind].filter(Boolean).join('/'),
  );
}

/** One version of a custom resource, without its prose. */
export function selectVersion(
  { spec }: CustomResourceDefinition,
  version: string,
): CustomResourceDefinition {
  const { group, scope, names } = spec;
  const found = spec.versions.find(({ name }) => name === version);
  if (!found) throw new Error(`${names.kind} has no version ${version}`);
  const schema = withoutProse(found.schema.openAPIV3Schema) as Schema;
  return {
    spec: {
      group,
      scope,
      names: { kind: names.kind, plural: names.plural },
      versions: [{ name: version, schema: { openAPIV3Schema: schema } }],
    },
  };
}

/** A property may be named `description`, so only texts are removed. */
function withoutProse(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutProse);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(
        ([key, value]) => !(key === 'description' && typeof value === 'string'),
      )
      .map(([key, value]) => [key, withoutProse(value)]),
  );
}

function referencesIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) =>
    key === '$ref'
      ? [String(value).replace(REFERENCE, '')]
      : referencesIn(value),
  );
}
