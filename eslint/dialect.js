/*
 * The dialect of this repository: where the language allows several ways, this
 * file chooses one and says why.
 */
const dialectSyntax = [
  {
    // The engine enforces `#`, also at run time and in plain JavaScript.
    selector:
      ':matches(PropertyDefinition, TSParameterProperty, MethodDefinition[kind!="constructor"])[accessibility="private"]',
    message: 'Use a #private name.',
  },
  {
    // `+value` does not show whether it parses text or reads a clock.
    selector: 'UnaryExpression[operator="+"][argument.type!="Literal"]',
    message: 'Use date.getTime(), or Number(text).',
  },
  {
    // The name shows that a value is fixed. Names include units: MAX_AGE_MS.
    selector:
      ':matches(Program, ExportNamedDeclaration) > VariableDeclaration[kind="const"] > VariableDeclarator[id.name=/[a-z]/] > :matches(Literal[regex=undefined][raw!="null"], TemplateLiteral[expressions.length=0], BinaryExpression, UnaryExpression).init:not(:has(CallExpression, NewExpression, MemberExpression, AwaitExpression, Identifier[name=/[a-z]/]))',
    message: 'Name a fixed value at module level in UPPER_CASE.',
  },
];

const dialectRules = {
  // `if (done) return;` fits on one line; everything longer has braces.
  curly: ['error', 'multi-line', 'consistent'],
  // A closure may use what is defined below it, because it runs later.
  '@typescript-eslint/no-use-before-define': [
    'error',
    { functions: false, classes: false, variables: false },
  ],
};

/** Adds the dialect to an ESLint configuration and its lists of `no-restricted-syntax`. */
function withDialect(config) {
  const extend = ({ rules, ...rest }) => {
    const [, ...others] = [rules?.['no-restricted-syntax'] ?? []].flat();
    return {
      ...rest,
      rules: {
        ...rules,
        'no-restricted-syntax': ['error', ...others, ...dialectSyntax],
      },
    };
  };
  const { rules, ...extended } = extend(config);
  return {
    ...extended,
    rules: { ...dialectRules, ...rules },
    overrides: config.overrides?.map(override =>
      override.rules?.['no-restricted-syntax'] ? extend(override) : override,
    ),
  };
}

module.exports = { withDialect };
