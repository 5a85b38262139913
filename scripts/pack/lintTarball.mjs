import { readFileSync } from 'node:fs';
import {
  checkPackage,
  createPackageFromTarballData,
} from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/**
 * Findings that every package built by `backstage-cli` has. A new finding of
 * another kind fails the check.
 */
const ACCEPTED = {
  // ES modules are named `.esm.js`. Bundlers recognise them by their syntax;
  // `"type": "commonjs"` would make them stop.
  FILE_INVALID_FORMAT: 'ES modules named .esm.js',
  USE_TYPE: 'ES modules named .esm.js',
  UnexpectedModuleSyntax: 'ES modules named .esm.js',
  // `prepack` writes `types` behind `import` and `require`. TypeScript finds no
  // declarations beside those files and goes on to `types`.
  EXPORTS_TYPES_SHOULD_BE_FIRST: 'order of conditions',
  EXPORT_TYPES_INVALID_FORMAT: 'order of conditions',
  TYPES_NOT_EXPORTED: 'order of conditions',
  FallbackCondition: 'order of conditions',
  // Backstage's loader of backend features reads `default` of CommonJS modules.
  CJS_WITH_ESMODULE_DEFAULT_EXPORT: 'default export of a backend feature',
  CJSOnlyExportsDefault: 'default export of a backend feature',
};

/** Backstage's own condition of `exports` names a kind of feature instead of a file. */
function namesFeature({ code, path }) {
  return code === 'EXPORTS_VALUE_INVALID' && path.at(-1) === 'backstage';
}

/**
 * What publint and "Are the types wrong?" find in a tarball, without what
 * Backstage's build always causes: lines such as `publint: USE_LICENSE: …`.
 */
export async function lintTarball(tarball) {
  const data = readFileSync(tarball);
  const { messages, pkg } = await publint({
    pack: {
      tarball: data.buffer.slice(
        data.byteOffset,
        data.byteOffset + data.byteLength,
      ),
    },
    level: 'suggestion',
    strict: true,
  });
  const { problems = [], types } = await checkPackage(
    createPackageFromTarballData(data),
  );
  return [
    ...(types ? [] : ['types: the package has none']),
    ...messages
      .filter(message => !(message.code in ACCEPTED || namesFeature(message)))
      .map(
        message =>
          `publint: ${message.code}: ${formatMessage(message, pkg, {
            color: false,
          })}`,
      ),
    ...problems
      .filter(({ kind }) => !(kind in ACCEPTED))
      .map(problem => `types: ${problem.kind}: ${JSON.stringify(problem)}`),
  ];
}
