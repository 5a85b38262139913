/*
 * Jest for mutation testing: Backstage's configuration of the package in the
 * current folder, which is Stryker's copy of it, with the tests of one area.
 */
const packageConfig = require('@backstage/cli/config/jest');

module.exports = async () => ({
  ...(await packageConfig),
  setupFiles: [require.resolve('./limitProperties.cjs')],
  testMatch: JSON.parse(process.env.CLOUDTRACE_MUTATION_TESTS).map(pattern =>
    pattern.replace(/^!?/, '$&<rootDir>/'),
  ),
});
