import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { rootDir } from '../lib/paths.mjs';
import { areas } from './areas.mjs';
import { selectAreas } from './selectAreas.mjs';

test('every file that is mutated exists', () => {
  const missing = Object.values(areas)
    .flatMap(({ files }) => files)
    .filter(
      file =>
        !existsSync(join(rootDir, 'plugins/cloudtrace-backend/src', file)),
    );
  assert.deepEqual(missing, []);
});

test('arguments select whole areas and single files', () => {
  const select = (...names) =>
    selectAreas(names).map(({ name, files }) => [name, files.length]);
  assert.deepEqual(
    select().map(([name]) => name),
    Object.keys(areas),
  );
  assert.deepEqual(select('permissions', 'TokenRules'), [
    ['permissions', 2],
    ['tokens', 1],
  ]);
});

test('an unknown name is an error that lists the areas', () => {
  assert.throws(() => selectAreas(['Rules']), /Unknown: Rules\. .*permissions/);
});
