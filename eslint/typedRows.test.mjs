import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';

const require = createRequire(import.meta.url);
const { Linter } = require('eslint');
const { typedRows } = require('./typedRows.js');

const linter = new Linter();
linter.defineParser('typescript', require('@typescript-eslint/parser'));

function complaints(code) {
  return linter
    .verify(`async function operation() { ${code} }`, {
      parser: 'typescript',
      parserOptions: { ecmaVersion: 2022, sourceType: 'module' },
      rules: { 'no-restricted-syntax': ['error', ...typedRows] },
    })
    .map(({ message }) => message);
}

for (const code of [
  'const { rows } = await knex.raw("SELECT 1");',
  'const { rowCount } = await tx.raw("DELETE FROM t");',
  'const result = await this.#knex.raw<{ rows: Row[] }>("SELECT 1");',
  'return (await knex.raw("SELECT 1")).rows[0].id;',
  'const all = await Promise.all([knex.raw("SELECT 1")]);',
  'return knex.raw("SELECT 1");',
  'const rows = await queryRows(knex, "SELECT 1");',
  'const rows = await queryRows<any>(knex, "SELECT 1");',
  'const rows = await queryRows<Record<string, any>>(knex, "SELECT 1");',
  'const rows = await queryRows<{ id: unknown }>(knex, "SELECT 1");',
  'const rows = await knex("entities").select("entity_id");',
  'await tx("entities").insert({ entity_id: 1 });',
  'const rows = await knex.from("entities");',
]) {
  test(`refuses ${code}`, () => {
    assert.equal(complaints(code).length, 1);
  });
}

for (const code of [
  'await tx.raw("LOCK TABLE t");',
  'const rows = await queryRows<{ id: number }>(knex, "SELECT 1");',
  'const changed = await changeRows(knex, "DELETE FROM t");',
  'const rows = await knex<EntityRow>("entities").select("entity_id");',
  'const title = item.at("title").raw();',
]) {
  test(`accepts ${code}`, () => {
    assert.deepEqual(complaints(code), []);
  });
}
