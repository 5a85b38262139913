/*
 * Rows read by SQL have a type, so that code that uses a column that was renamed
 * or removed does not compile: `queryRows<Row>` and `changeRows` of
 * plugins/cloudtrace-backend/src/database run the SQL. What knex and pg return
 * by themselves is `any`, which accepts every column.
 */
const typedRows = [
  {
    selector:
      'CallExpression[callee.property.name="raw"][arguments.length>0]:not(ExpressionStatement > AwaitExpression > CallExpression)',
    message:
      'Read rows with queryRows<Row>(knex, sql, bindings), and count changed rows with changeRows: the result of raw() is `any`.',
  },
  {
    selector:
      'CallExpression[callee.name=/^(knex|tx)$/]:not([typeArguments]), CallExpression[callee.property.name=/^(from|into|table)$/][callee.object.name=/^(knex|tx)$/]:not([typeArguments])',
    message: 'Name the type of the rows: knex<Row>(table).',
  },
  {
    selector: 'CallExpression[callee.name="queryRows"]:not([typeArguments])',
    message: 'Name the type of the rows: queryRows<Row>(…).',
  },
  {
    selector:
      'CallExpression[callee.name="queryRows"] > TSTypeParameterInstantiation :matches(TSAnyKeyword, TSUnknownKeyword)',
    message: 'Name each column with the type that pg delivers.',
  },
];

module.exports = { typedRows };
