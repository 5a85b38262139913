import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootDir } from '../lib/paths.mjs';
import { tableRow } from './tableRow.mjs';

const FILE = 'plugins/cloudtrace-backend/src/schema/openapi.json';
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

const INTRO = `# API reference

<!-- Written by "yarn docs:generate" from the OpenAPI document. Do not edit. -->

Every operation of the HTTP API, from its
[OpenAPI document](https://github.com/cloudtrace/cloudtrace/blob/main/plugins/cloudtrace-backend/src/schema/openapi.yaml).
All paths start with \`/api/cloudtrace\`. [HTTP API](../api.md) explains conventions, tokens and
errors.
`;

const anchor = name => name.toLowerCase();
const nameOf = ref => ref.split('/').at(-1);
const isBranch = schema => schema.allOf ?? schema.oneOf ?? schema.anyOf;

/** A schema in a few words, with links to the schemas that it names. */
function words(schema) {
  if (!schema || schema === true) return 'any';
  if (schema.$ref) {
    return `[${nameOf(schema.$ref)}](#${anchor(nameOf(schema.$ref))})`;
  }
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) {
    return schema.enum.map(value => `\`${value}\``).join(', ');
  }
  if (schema.type === 'array') return `list of ${words(schema.items)}`;
  const branches = isBranch(schema);
  if (branches) {
    return branches.map(words).join(schema.allOf ? ' and ' : ' or ');
  }
  const type = [schema.type ?? 'any'].flat().join(' or ');
  if (type === 'object' && typeof schema.additionalProperties === 'object') {
    return `object of ${words(schema.additionalProperties)}`;
  }
  const limits = [
    schema.format,
    schema.minimum !== undefined && `≥ ${schema.minimum}`,
    schema.maximum !== undefined && `≤ ${schema.maximum}`,
    schema.maxLength !== undefined && `at most ${schema.maxLength} characters`,
    schema.maxItems !== undefined && `at most ${schema.maxItems} entries`,
    schema.default !== undefined && `default \`${schema.default}\``,
  ].filter(Boolean);
  return limits.length ? `${type} (${limits.join(', ')})` : type;
}

function table(head, rows) {
  if (rows.length === 0) return [];
  return ['', tableRow(head), tableRow(head.map(() => '---')), ...rows, ''];
}

/** The objects that a schema consists of, without those that have a name of their own. */
const inlineObjects = schema =>
  [schema, ...(schema.allOf ?? [])].filter(({ properties }) => properties);

/** A row per field; fields of an inner object follow it as `outer.inner` or `list[].inner`. */
function fields(schema, prefix = '') {
  return inlineObjects(schema).flatMap(({ properties, required = [] }) =>
    Object.entries(properties).flatMap(([name, property]) => [
      tableRow([
        `\`${prefix}${name}\``,
        words(property),
        [property.description, required.includes(name) ? '' : 'Optional.']
          .filter(Boolean)
          .join(' '),
      ]),
      ...fields(property, `${prefix}${name}.`),
      ...fields(property.items ?? {}, `${prefix}${name}[].`),
    ]),
  );
}

function bodyWords(content) {
  return Object.entries(content ?? {})
    .map(([type, { schema }]) => `\`${type}\`: ${words(schema)}`)
    .join('; ');
}

/** The page that lists all operations and schemas of the OpenAPI document, as Markdown. */
export function apiReference(
  document = JSON.parse(readFileSync(join(rootDir, FILE), 'utf8')),
) {
  const resolve = item =>
    item.$ref
      ? item.$ref
          .split('/')
          .slice(1)
          .reduce((value, key) => value[key], document)
      : item;
  const operation = ([method, path, shared, details]) => {
    const parameters = [...shared, ...(details.parameters ?? [])].map(resolve);
    const body = details.requestBody && resolve(details.requestBody);
    return [
      `### ${details.operationId}\n`,
      `\`${method.toUpperCase()} ${path}\`\n`,
      `${details.summary}.`,
      details.description ? `\n${details.description}` : '',
      ...table(
        ['Parameter', 'In', 'Value', 'Meaning'],
        parameters.map(({ name, in: place, required, schema, description }) =>
          tableRow([
            `\`${name}\``,
            place,
            words(schema),
            [description, required && place !== 'path' && '**Required.**']
              .filter(Boolean)
              .join(' '),
          ]),
        ),
      ),
      body ? `Body: ${bodyWords(body.content)}\n` : '',
      ...table(
        ['Status', 'Response', 'Meaning'],
        Object.entries(details.responses).map(([status, response]) => {
          const { content, description } = resolve(response);
          return tableRow([status, bodyWords(content), description]);
        }),
      ),
    ];
  };
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.filter(method => item[method]).map(method => [
      method,
      path,
      item.parameters ?? [],
      item[method],
    ]),
  );
  const schemas = Object.entries(document.components.schemas).flatMap(
    ([name, schema]) => [
      `### ${name}\n`,
      schema.description ?? '',
      ...(schema.properties ? [] : [`\n${words(schema)}\n`]),
      ...table(['Field', 'Value', 'Meaning'], fields(schema)),
    ],
  );
  return [
    INTRO,
    '## Operations\n',
    ...operations.flatMap(operation),
    '## Schemas\n',
    ...schemas,
  ].join('\n');
}
