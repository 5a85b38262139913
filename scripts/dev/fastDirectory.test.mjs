import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { fastDirectory } from '../../packages/dev-servers/src/index.js';

const memory = import.meta.dirname;
const withoutTmpdir = { skip: process.env.TMPDIR && 'TMPDIR is set' };

test('prefers memory with enough room', withoutTmpdir, () => {
  assert.equal(fastDirectory({ memory, roomBytes: 1 }), memory);
});

test('falls back to the temporary folder if memory is short', () => {
  assert.equal(fastDirectory({ memory, roomBytes: 1e18 }), tmpdir());
});

test('falls back to the temporary folder on a system without files in memory', () => {
  assert.equal(fastDirectory({ memory: '/missing', roomBytes: 1 }), tmpdir());
});
