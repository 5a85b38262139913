/*
 * Jest for mutation testing: Backstage's configuration of the package in the
 * current folder, which is Stryker's copy of it, with the tests of one area.
 */
const packageConfig = require('@backstage/cli/config/jest');

module.exports = async () => {
  const config = await packageConfig;
  return {
    ...config,
    moduleNameMapper: {
      ...config.moduleNameMapper,
      '^fast-check$': require.resolve('./limitedFastCheck.cjs'),
    },
    // Jest does not replace `<rootDir>` behind an exclamation mark.
    testMatch: JSON.parse(process.env.CLOUDTRACE_MUTATION_TESTS).map(pattern =>
      pattern.replace(/^!?/, mark => `${mark}${config.rootDir}/`),
    ),
  };
};
