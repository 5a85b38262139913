module.exports = {
  root: true,
  // What the template generates has an ESLint configuration of its own.
  ignorePatterns: ['templates/*/{base,ci,features,infra,tests}/**'],
};
