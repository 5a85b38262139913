import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

const require = createRequire(import.meta.url);
const { exceptions, findWrongName } = require('./fileNames.js');

const root = fileURLToPath(new URL('..', import.meta.url));
const files = execFileSync('git', ['ls-files', 'packages', 'plugins'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
})
  .split('\n')
  .filter(
    file =>
      /\/src\/.*\.tsx?$/.test(file) &&
      !/\.(test|d)\.tsx?$/.test(file) &&
      existsSync(`${root}/${file}`),
  );

for (const [file, code] of [
  ['a/Sidebar.tsx', 'export const SidebarContent = 1;'],
  ['a/rows.ts', 'export class RowAggregator {}'],
  [
    'a/Costs.tsx',
    'export function CostLine() {} export function CostTable() {}',
  ],
]) {
  test(`refuses ${file}: ${code}`, () => {
    assert.match(findWrongName(file, code), /name it after its main export/);
  });
}

for (const [file, code] of [
  ['a/RowAggregator.ts', 'export class RowAggregator {}'],
  ['a/listAll.ts', 'export class CutError {} export function listAll() {}'],
  ['a/Importer.ts', 'export class FormatError {} export interface Importer {}'],
  [
    'a/colors.tsx',
    'export const COLORS = {}; export const useColor = () => 1;',
  ],
  ['a/config.ts', 'export function readConfig() {}'],
]) {
  test(`accepts ${file}: ${code}`, () => {
    assert.equal(findWrongName(file, code), undefined);
  });
}

test('every file is named after its main export', () => {
  assert.ok(files.length > 500);
  const wrong = files.flatMap(
    file => findWrongName(file, readFileSync(`${root}/${file}`, 'utf8')) ?? [],
  );
  assert.deepEqual(wrong, []);
});

test('every exception is in use', () => {
  const unused = Object.keys(exceptions).filter(
    end => !files.some(file => file.endsWith(`/${end}`)),
  );
  assert.deepEqual(unused, []);
});
