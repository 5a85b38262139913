#!/usr/bin/env node
/*
 * Derives from src/schema/openapi.yaml
 *  - the types shared by backend and frontend (cloudtrace-common/src/openapi),
 *  - the document that the backend validates requests against (src/schema/openapi.json),
 *    as JSON so that a built package carries it.
 * `--check` writes nothing and fails if a file is not up to date.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import prettier from 'prettier';
import { parse } from 'yaml';

const at = path => fileURLToPath(new URL(path, import.meta.url));
const source = at('../src/schema/openapi.yaml');
const NOTICE =
  '// Generated from cloudtrace-backend/src/schema/openapi.yaml by `yarn generate:api`. Do not edit.\n';

const document = parse(await readFile(source, 'utf8'), { merge: true });
const types = astToString(
  await openapiTS(structuredClone(document), { alphabetize: false }),
);

const pascal = name => name[0].toUpperCase() + name.slice(1);
const docblock = text =>
  `/** ${(text ?? '').replaceAll('*/', '* /').trim()} @public */`.replace(
    '/**  ',
    '/** ',
  );

/** Friendly names for every schema and for the query parameters of every operation. */
function aliases() {
  const schemas = Object.entries(document.components.schemas).map(
    ([name, schema]) =>
      `${docblock(schema.description)}
export type ${name} = components['schemas']['${name}'];`,
  );
  const queries = Object.values(document.paths)
    .flatMap(path => Object.entries(path))
    .filter(([key]) => key !== 'parameters')
    .map(([, operation]) => operation)
    .filter(operation => operation.parameters?.length)
    .map(
      ({ operationId }) =>
        `${docblock(`Query parameters of \`${operationId}\`.`)}
export type ${pascal(
          operationId,
        )}Query = NonNullable<operations['${operationId}']['parameters']['query']>;`,
    );
  return [
    `import type { components, operations, paths } from './schema';`,
    `${docblock(
      'Every path of the HTTP API with its parameters and responses, for a typed client such as openapi-fetch.',
    )}
export type CloudtracePaths = paths;`,
    ...schemas,
    ...queries,
  ].join('\n\n');
}

async function format(text, file) {
  const options = await prettier.resolveConfig(file);
  return prettier.format(text, { ...options, filepath: file });
}

const outputs = [
  {
    file: at('../../cloudtrace-common/src/openapi/schema.ts'),
    text: NOTICE + types,
  },
  {
    file: at('../../cloudtrace-common/src/openapi/types.ts'),
    text: `${NOTICE}\n${aliases()}\n`,
  },
  {
    file: at('../src/schema/openapi.json'),
    // Ajv takes the mapping from the schemas themselves and refuses one beside it.
    text: JSON.stringify(
      document,
      (key, value) =>
        key === 'discriminator' ? { propertyName: value.propertyName } : value,
      2,
    ),
  },
];

let stale = 0;
for (const { file, text } of outputs) {
  const wanted = await format(text, file);
  const current = await readFile(file, 'utf8').catch(() => '');
  if (current === wanted) continue;
  if (process.argv.includes('--check')) {
    stale += 1;
    console.error(`${file} is not up to date: run yarn generate:api`);
  } else {
    await writeFile(file, wanted);
    console.log(`Wrote ${file}`);
  }
}
process.exitCode = stale ? 1 : 0;
