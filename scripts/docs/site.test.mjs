import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { rootDir } from '../lib/paths.mjs';
import { generatedPages } from './generatedPages.mjs';

const docsDir = join(rootDir, 'docs');
const pages = readdirSync(docsDir, { recursive: true })
  .filter(file => file.endsWith('.md'))
  .sort();

/** The files that an entry of `nav` leads to: a file, or lists of entries by title. */
function filesOf(entry) {
  if (typeof entry === 'string') return [entry];
  return Object.values(entry).flatMap(value =>
    Array.isArray(value) ? value.flatMap(filesOf) : filesOf(value),
  );
}

test('mkdocs.yml lists every page of docs/ once', () => {
  const { nav } = parse(readFileSync(join(rootDir, 'mkdocs.yml'), 'utf8'));
  assert.deepEqual(nav.flatMap(filesOf).sort(), pages);
});

test('no page of the site links to a file outside of docs/ by a relative path', () => {
  const leaving = pages.flatMap(page => {
    const up = '../'.repeat(page.split('/').length);
    return [
      ...readFileSync(join(docsDir, page), 'utf8').matchAll(/\]\(([^)\s]+)/g),
    ]
      .filter(([, target]) => target.startsWith(up))
      .map(
        ([, target]) => `docs/${page}: ${target}: use the address on the host`,
      );
  });
  assert.deepEqual(leaving, []);
});

for (const { file, text } of await generatedPages()) {
  test(`${file} is what "yarn docs:generate" writes`, () => {
    assert.ok(
      readFileSync(join(rootDir, file), 'utf8') === text,
      `Run "yarn docs:generate" and commit ${file}.`,
    );
  });
}
