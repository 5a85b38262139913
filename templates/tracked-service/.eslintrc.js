const config = require('../../eslint/createConfig')(__dirname, {
  // The gates start a portal with the real backend.
  rules: { '@backstage/no-mixed-plugin-imports': 'off' },
});

module.exports = {
  ...config,
  // What the template generates has an ESLint configuration of its own.
  ignorePatterns: [
    ...(config.ignorePatterns ?? []),
    'base/**',
    'ci/**',
    'features/**',
    'infra/**',
  ],
};
