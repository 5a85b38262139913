import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { rootDir } from '../lib/paths.mjs';
import { withoutLocalPublishing } from './withoutLocalPublishing.mjs';

const template = readFileSync(
  join(rootDir, 'templates/tracked-service/template.yaml'),
  'utf8',
);

/** All questions named `publish`, wherever the form asks them. */
function findPublish(value) {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [
    ...(key === 'publish' && child.enumNames ? [child] : []),
    ...findPublish(child),
  ]);
}

test('the packed template asks for a host, and keeps all its other questions', () => {
  const before = parse(template);
  const after = parse(withoutLocalPublishing(template));
  assert.deepEqual(
    findPublish(after.spec.parameters).map(publish => publish.enum),
    [['github'], ['github', 'bitbucket'], ['bitbucket']],
  );
  for (const publish of findPublish(after.spec.parameters)) {
    assert.equal(publish.default, publish.enum[0]);
    assert.equal(publish.enumNames.length, publish.enum.length);
  }
  assert.deepEqual(after.spec.steps, before.spec.steps);
  assert.deepEqual(after.metadata, before.metadata);
});

test('rejects a template without local publishing', () => {
  assert.throws(
    () => withoutLocalPublishing('spec: { parameters: [] }'),
    /no longer offers local publishing/,
  );
});
