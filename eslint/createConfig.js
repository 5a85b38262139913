/*
 * ESLint configuration of the packages: Backstage's own, plus the dialect of
 * dialect.js and the allowed import directions.
 *
 *   common ← node ← backend        modules → node, common
 *   common ← frontend              frontend, the scaffolder module → the template's options
 *
 * The table in backendAreas.js rules the inside of the backend; see
 * docs/architecture.md.
 */
const factory = require('@backstage/cli/config/eslint-factory');
const { backendZones } = require('./backendAreas');
const { withDialect } = require('./dialect');
const { typedRows } = require('./typedRows');

const COMMON = '@cloudtrace/plugin-cloudtrace-common';
const NODE = '@cloudtrace/plugin-cloudtrace-node';
const BACKEND = '@cloudtrace/plugin-cloudtrace-backend';
const TEMPLATE_OPTIONS = '@cloudtrace/plugin-scaffolder-cloudtrace-common';

/** The packages of this repository that each package may import; ESLint rejects all others. */
const allowedPackages = {
  'cloudtrace-common': [],
  'scaffolder-cloudtrace-common': [],
  'cloudtrace-node': [COMMON],
  'cloudtrace-backend': [COMMON, NODE],
  'cloudtrace-backend-module-archive': [COMMON, NODE],
  'cloudtrace-backend-module-aws': [COMMON, NODE],
  'cloudtrace-backend-module-kubernetes': [COMMON, NODE],
  'cloudtrace-backend-module-local': [COMMON, NODE],
  'cloudtrace-backend-module-snyk': [COMMON, NODE],
  'cloudtrace-backend-module-sonarqube': [COMMON, NODE],
  'scaffolder-backend-module-cloudtrace': [TEMPLATE_OPTIONS],
  'search-backend-module-cloudtrace': [COMMON],
  cloudtrace: [COMMON, TEMPLATE_OPTIONS],
};

/** Additional packages that only a package's tests may import: they start the real backend. */
const allowedInTests = {
  'cloudtrace-backend-module-archive': [BACKEND],
  'cloudtrace-backend-module-snyk': [BACKEND],
  'cloudtrace-backend-module-sonarqube': [BACKEND],
  'search-backend-module-cloudtrace': [BACKEND],
};

const ourPackages = Object.keys(allowedPackages).map(
  folder => `@cloudtrace/plugin-${folder}`,
);

/** Libraries that only one folder of a package may import: all other code uses that folder. */
const confinedLibraries = {
  'cloudtrace-backend': [
    {
      libraries: ['express', 'express-promise-router'],
      folders: ['src/http', 'src/*/http'],
      message: 'Use express only in http/ and in the http/ folder of an area.',
    },
  ],
  cloudtrace: [
    {
      libraries: ['react-router-dom', 'react-router'],
      folders: ['src/routing', 'src/testUtils'],
      message: 'Use routing/, which leaves routing to the app where it can.',
    },
  ],
};

/** Forbidden imports inside a package: files in `target` may not import from `from`. */
const restrictedPaths = {
  'cloudtrace-backend': backendZones(),
  cloudtrace: [
    {
      target: './src/lib',
      from: ['./src/components', './src/hooks', './src/extensions'],
      message: 'lib is a leaf: pure functions without React components.',
    },
  ],
};

/** Packages whose app-config is compared with their config.d.ts, see packages/config-contract. */
const configuredPackages = [
  'cloudtrace-backend',
  'cloudtrace-backend-module-archive',
  'cloudtrace-backend-module-aws',
  'cloudtrace-backend-module-kubernetes',
  'cloudtrace-backend-module-local',
  'cloudtrace-backend-module-snyk',
  'cloudtrace-backend-module-sonarqube',
  'scaffolder-backend-module-cloudtrace',
];

/** Files that may read app-config; the package's appConfig.test.ts runs each of them. */
const configFiles = ['**/config.ts', '**/config/*.ts', '**/read*Config.ts'];

const readsOfConfig = {
  selector:
    'CallExpression[callee.property.name=/^get(Optional)?(String|Number|Boolean|Config|StringArray|ConfigArray)$/]',
  message:
    "Read app-config only in the area's config.ts, so that a test can compare it with config.d.ts.",
};

const testFiles = ['**/*.test.*', '**/testUtils/**', '**/tests/**'];

const testHelpers = {
  group: ['./**/testUtils/**', '../**/testUtils/**', './testUtils/**'],
  message: 'testUtils contains test helpers; only tests may import them.',
};

function restrictImports(patterns) {
  return {
    '@typescript-eslint/no-restricted-imports': ['error', { patterns }],
  };
}

function forbidPackages(allowed) {
  return {
    group: ourPackages
      .filter(ours => !allowed.includes(ours))
      .flatMap(ours => [ours, `${ours}/**`]),
    message:
      'This package may not depend on that one; see eslint/createConfig.js.',
  };
}

module.exports = function createConfig(dir, extra = {}) {
  const name = require('path').basename(dir);
  const allowed = allowedPackages[name];
  if (!allowed) return withDialect(factory(dir, extra));

  const foreign = forbidPackages(allowed);
  const confined = confinedLibraries[name] ?? [];
  const config = factory(dir, {
    ...extra,
    restrictedSrcSyntax: [
      ...(configuredPackages.includes(name) ? [readsOfConfig] : []),
      ...(name === 'cloudtrace-backend' ? typedRows : []),
    ],
    // Lets the import rules follow imports of TypeScript files.
    settings: {
      'import/resolver': { node: { extensions: ['.ts', '.tsx', '.js'] } },
      ...extra.settings,
    },
    rules: {
      '@backstage/no-mixed-plugin-imports': 'error',
      ...restrictImports([
        foreign,
        testHelpers,
        ...confined.map(({ libraries, message }) => ({
          group: libraries,
          message,
          allowTypeImports: true,
        })),
      ]),
      ...(restrictedPaths[name] && {
        'import/no-restricted-paths': [
          'error',
          { basePath: dir, zones: restrictedPaths[name] },
        ],
      }),
      ...extra.rules,
    },
    overrides: [
      ...confined.map(({ folders }) => ({
        files: folders.map(folder => `${folder}/**`),
        rules: restrictImports([foreign, testHelpers]),
      })),
      {
        // queryRows.ts is where untyped rows get their type.
        files: [...configFiles, '**/database/queryRows.ts'],
        rules: { 'no-restricted-syntax': 'off' },
      },
      // Tests may import what they test from any area.
      {
        files: testFiles,
        rules: {
          ...restrictImports([
            forbidPackages([...allowed, ...(allowedInTests[name] ?? [])]),
          ]),
          'import/no-restricted-paths': 'off',
          // The backend's test utilities are not part of its public API.
          ...(allowedInTests[name] && {
            '@backstage/no-forbidden-package-imports': 'off',
            '@backstage/no-mixed-plugin-imports': 'off',
          }),
          // Test helpers use devDependencies; no published package contains
          // them.
          '@backstage/no-undeclared-imports': 'off',
          'no-script-url': 'off',
          // Property-based tests have different expectations for different
          // inputs.
          'jest/no-conditional-expect': 'off',
          'jest/expect-expect': [
            'warn',
            { assertFunctionNames: ['expect*', 'fc.assert', 'assert*'] },
          ],
        },
      },
      ...(extra.overrides ?? []),
    ],
  });
  return withDialect(config);
};
