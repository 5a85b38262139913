module.exports = {
  root: true,
  ignorePatterns: [
    'coverage',
    'dist-packages',
    'dist-types',
    // What the template generates has an ESLint configuration of its own.
    'templates/*/{base,ci,features,infra}/**',
  ],
};
