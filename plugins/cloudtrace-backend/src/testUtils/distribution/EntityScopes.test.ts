import { loadModule, parseSync } from 'libpg-query';
import { EntityScopes } from './EntityScopes';

const DIVIDED = ['a', 'b'];

function tablesWithoutEntity(sql: string): string[] {
  return EntityScopes.tablesWithoutEntity(parseSync(sql).stmts ?? [], table =>
    DIVIDED.includes(table),
  );
}

describe('EntityScopes', () => {
  beforeAll(() => loadModule());

  it.each([
    'SELECT 1 FROM local',
    'SELECT 1 FROM a WHERE entity_id = $1',
    'SELECT 1 FROM a WHERE a.x = 1 AND $1::int4 = a.entity_id',
    'SELECT 1 FROM a JOIN b ON b.entity_id = a.entity_id WHERE a.entity_id = $1',
    'SELECT 1 FROM a JOIN b USING (entity_id, x) WHERE b.entity_id = 7',
    'SELECT 1 FROM a, unnest($1::int[]) AS k (x) WHERE entity_id = $2',
    'SELECT 1 FROM a WHERE entity_id = $1 AND EXISTS (SELECT FROM b WHERE b.entity_id = a.entity_id)',
    'SELECT (SELECT max(x) FROM b WHERE b.entity_id = a.entity_id) FROM a WHERE entity_id = $1',
    'SELECT 1 FROM a WHERE (entity_id, x) IN (SELECT entity_id, x FROM b WHERE entity_id = $1)',
    'SELECT 1 FROM (SELECT entity_id FROM a UNION ALL SELECT entity_id FROM b) c WHERE c.entity_id = $1',
    'SELECT 1 FROM (SELECT * FROM a) c WHERE entity_id = $1',
    'SELECT 1 FROM (SELECT * FROM a WHERE entity_id = $1) c JOIN b USING (entity_id)',
    'SELECT 1 FROM (SELECT * FROM a WHERE entity_id = $1 LIMIT 5) c JOIN b ON b.entity_id = c.entity_id WHERE b.entity_id = $1',
    'SELECT 1 FROM (SELECT entity_id FROM a GROUP BY 1) c WHERE c.entity_id = $1',
    'WITH c AS (SELECT x FROM a WHERE entity_id = $1) SELECT 1 FROM c JOIN b ON b.entity_id = $1',
    'WITH gone AS (DELETE FROM a WHERE entity_id = $1 RETURNING *) INSERT INTO b (entity_id, x) SELECT entity_id, x FROM gone',
    'UPDATE a SET x = k.x FROM unnest($1::int[]) AS k (x) WHERE a.entity_id = $2',
    'DELETE FROM a USING b WHERE b.entity_id = a.entity_id AND b.entity_id = $1',
    'INSERT INTO a (x, entity_id) VALUES (1, $1)',
    'INSERT INTO a (entity_id, x) SELECT $1, k.* FROM unnest($2::int[]) AS k',
    'SELECT 1 FROM a WHERE entity_id = ANY($1::int[])',
    'SELECT 1 FROM a WHERE entity_id IN ($1, $2)',
    'INSERT INTO a (entity_id, x) SELECT * FROM unnest($1::int[], $2::int[])',
    'INSERT INTO a (entity_id) VALUES ($1), ($2)',
    'COPY (SELECT 1 FROM a WHERE entity_id = 1) TO STDOUT',
  ])('finds the entity in %s', sql => {
    expect(tablesWithoutEntity(sql)).toEqual([]);
  });

  it.each([
    ['SELECT 1 FROM a', ['a']],
    ['SELECT 1 FROM a WHERE entity_id = $1 OR x = 1', ['a']],
    ['SELECT 1 FROM a WHERE NOT entity_id = $1', ['a']],
    [
      'SELECT 1 FROM a JOIN unnest($1::int[]) AS k (entity_id) USING (entity_id)',
      ['a'],
    ],
    ['SELECT 1 FROM a WHERE entity_id = (SELECT e FROM local LIMIT 1)', ['a']],
    ['SELECT 1 FROM a JOIN b ON a.x = b.x WHERE a.entity_id = $1', ['b']],
    ['SELECT 1 FROM a JOIN local l USING (entity_id) WHERE l.name = $1', ['a']],
    [
      'SELECT 1 FROM (SELECT entity_id FROM a WHERE entity_id = $1 UNION ALL SELECT entity_id FROM b) c',
      ['b'],
    ],
    [
      'SELECT 1 FROM a WHERE entity_id = $1 AND EXISTS (SELECT FROM b WHERE b.x = a.x)',
      ['b'],
    ],
    [
      'SELECT 1 FROM (SELECT * FROM a WHERE entity_id = $1 LIMIT 5) c JOIN b ON b.entity_id = c.entity_id',
      ['b'],
    ],
    [
      'SELECT 1 FROM (SELECT entity_id FROM a WHERE entity_id = $1 GROUP BY 1) c JOIN b USING (entity_id)',
      ['b'],
    ],
    ['SELECT 1 FROM (SELECT * FROM a LIMIT 5) c WHERE c.entity_id = $1', ['a']],
    ['UPDATE a SET x = 1', ['a']],
    ['DELETE FROM a WHERE x < now()', ['a']],
    ['INSERT INTO a (entity_id) SELECT entity_id FROM b', ['a', 'b']],
    ['COPY (SELECT 1 FROM a) TO STDOUT', ['a']],
  ])('misses the entity in %s', (sql, tables) => {
    expect(tablesWithoutEntity(sql)).toEqual(tables);
  });
});
