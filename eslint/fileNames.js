/*
 * A file is named after its main export: a file that exports classes or React
 * components exports one of its own name, as a value or a type. So a search for
 * a name finds its file, and `Sidebar.tsx` does not contain `SidebarContent`.
 *
 * Not for files of functions and constants: some 130 of them are named after
 * what they contain for their folder, such as `config.ts` and `plugin.ts` of an
 * area, `importers/trivy.ts` and `messages/de/fleet.ts`.
 *
 * ESLint's own configuration cannot see the name of a file; fileNames.test.mjs
 * applies the rule to all files.
 */
const { basename } = require('node:path');
const { parse } = require('@typescript-eslint/parser');

/** Files with another name, and why. */
const exceptions = {
  'errors.ts': 'all errors of an area',
  'fleetErrors.ts': 'all errors of the local fleet',
  'index.tsx': 'the entry of a folder',
  'limits.ts': 'limits with the class that notes what they cut',
  'testUtils/fleet.ts': 'sample data with the provider that returns it',
  'histogram/encoding.ts': 'both directions of one format',
  'legacy/components.tsx': 'all components for apps on the old system',
  'legacy/formFields.tsx': 'all fields of forms for apps on the old system',
  'CloudtraceContext.tsx': 'the provider and the hook of one context',
};

/** Names that a file exports, with what they are. */
function exportsOf(file, code) {
  const isTsx = file.endsWith('.tsx');
  const { body } = parse(code, { ecmaFeatures: { jsx: isTsx } });
  return body
    .filter(({ type }) => type === 'ExportNamedDeclaration')
    .flatMap(
      ({ declaration }) => declaration?.declarations ?? declaration ?? [],
    )
    .filter(({ id }) => id?.type === 'Identifier')
    .map(({ type, id: { name } }) => ({
      name,
      isClass: type === 'ClassDeclaration',
      isComponent:
        isTsx &&
        ['FunctionDeclaration', 'VariableDeclarator'].includes(type) &&
        /^[A-Z][a-z]/.test(name),
    }));
}

/** What is wrong with the name of a file; `undefined` if nothing is. */
function findWrongName(file, code) {
  if (Object.keys(exceptions).some(end => file.endsWith(`/${end}`))) {
    return undefined;
  }
  const exported = exportsOf(file, code);
  const main = exported.filter(({ isClass, isComponent }) =>
    Boolean(isClass || isComponent),
  );
  const name = basename(file).replace(/\.tsx?$/, '');
  return main.length === 0 || exported.some(some => some.name === name)
    ? undefined
    : `${file} exports ${main
        .map(some => some.name)
        .join(', ')}; name it after its main export`;
}

module.exports = { exceptions, findWrongName };
