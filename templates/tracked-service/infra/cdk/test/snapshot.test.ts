import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { it } from 'node:test';
import { EVERYTHING_ON } from './exampleSettings.ts';
import { synthesize } from './synthesize.ts';

const SNAPSHOT = path.join(import.meta.dirname, 'everything-on.template.json');

/** `npm run test:update` rewrites it; the diff then shows what a change would do to a running stack. */
it('the template with all options matches the reviewed one', () => {
  const template = synthesize(EVERYTHING_ON).toJSON();
  if (process.env.UPDATE_SNAPSHOT) {
    writeFileSync(SNAPSHOT, `${JSON.stringify(template, null, 1)}\n`);
  }
  assert.deepEqual(template, JSON.parse(readFileSync(SNAPSHOT, 'utf8')));
});
