const config = require('../../eslint/createConfig')(__dirname, {
  // The gates start a portal with the real backend.
  rules: { '@backstage/no-mixed-plugin-imports': 'off' },
});

module.exports = {
  ...config,
  // The generated files have their own ESLint configuration.
  ignorePatterns: [
    ...(config.ignorePatterns ?? []),
    'ci/**',
    'compute/**',
    'core/**',
    'features/**',
    'infra/**',
    'starters/**',
  ],
};
