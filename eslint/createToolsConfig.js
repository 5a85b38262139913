/*
 * ESLint configuration of the folders that belong to no package: scripts,
 * benchmarks, browser tests and the ESLint configuration itself.
 */
const { createConfig } = require('@backstage/cli/config/eslint-factory');
const { withDialect } = require('./dialect');

module.exports = function createToolsConfig(dir) {
  const config = createConfig(dir, {
    parserOptions: { ecmaVersion: 'latest' },
    env: { node: true, es2022: true },
    rules: {
      'no-console': 'off',
      // The compiler does not check these files.
      'no-undef': 'error',
      // As in Backstage's rules for backends: `express.Router()` is no class.
      'new-cap': ['error', { capIsNew: false }],
      // Node's test runner has no `expect`.
      'jest/expect-expect': 'off',
    },
    overrides: [
      {
        // Browser tests upload hostile links, and wait for what changes.
        files: ['**/*.test.mjs', 'support/*.mjs'],
        rules: { 'no-loop-func': 'off', 'no-script-url': 'off' },
      },
    ],
  });
  return withDialect(config);
};
