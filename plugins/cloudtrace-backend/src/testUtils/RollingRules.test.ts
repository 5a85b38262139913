import { RollingRules } from './RollingRules';

describe('RollingRules', () => {
  let rules: RollingRules;
  beforeAll(async () => {
    rules = await RollingRules.load();
  });

  it.each([
    ['DROP TABLE t', 't is dropped'],
    ['DROP VIEW v', 'v is dropped'],
    ['ALTER TABLE t RENAME TO u', 't is renamed'],
    ['ALTER TABLE t RENAME COLUMN a TO b', 't.a is renamed'],
    ['ALTER TABLE t DROP COLUMN a', 't.a is dropped'],
    ['ALTER TABLE t ALTER a TYPE int8', 't.a gets another type'],
    ['ALTER TABLE t ALTER a SET NOT NULL', 't.a becomes NOT NULL'],
    ['ALTER TABLE t ALTER a DROP DEFAULT', 't.a loses its default'],
    ['ALTER TABLE t DROP CONSTRAINT c', 't loses the constraint c'],
    ['ALTER TABLE t ADD CHECK (a > 0)', 't gets a constraint'],
    ['ALTER TABLE t ADD UNIQUE (a)', 't gets a constraint'],
    [
      'ALTER TABLE t ADD COLUMN a int4 NOT NULL',
      't.a is NOT NULL without a default',
    ],
    ['ALTER TABLE t ADD COLUMN a int4 UNIQUE', 't.a gets a constraint'],
    ['CREATE UNIQUE INDEX i ON t (a)', 't gets a unique index'],
    ['TRUNCATE t', 'rows are truncated'],
  ])('finds in %s that %s', (sql, violation) => {
    expect(rules.violations([sql])).toEqual([violation]);
  });

  it.each([
    'CREATE TABLE t (a int4 PRIMARY KEY)',
    'CREATE TABLE t (a int4); CREATE UNIQUE INDEX i ON t (a); DROP TABLE t',
    'ALTER TABLE t ADD COLUMN a int4',
    "ALTER TABLE t ADD COLUMN a text NOT NULL DEFAULT ''",
    'ALTER TABLE t ALTER a SET DEFAULT 1',
    'ALTER TABLE t ALTER a DROP NOT NULL',
    'CREATE INDEX i ON t (a)',
    'DROP INDEX i',
    "COMMENT ON TABLE t IS 'x'",
    'UPDATE t SET a = 1',
  ])('accepts %s', sql => {
    expect(rules.violations([sql])).toEqual([]);
  });

  it('knows the tables that an earlier statement creates', () => {
    expect(
      rules.violations([
        'CREATE TABLE t (a int4)',
        'ALTER TABLE t ALTER a SET NOT NULL',
      ]),
    ).toEqual([]);
  });
});
