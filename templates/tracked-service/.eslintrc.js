const config = require('../../eslint/createConfig')(__dirname);

module.exports = {
  ...config,
  // What the template generates, and the tools of the infrastructure, have configurations of their own.
  ignorePatterns: [
    ...(config.ignorePatterns ?? []),
    'base/**',
    'ci/**',
    'features/**',
    'infra/**',
    'tests/**',
  ],
};
