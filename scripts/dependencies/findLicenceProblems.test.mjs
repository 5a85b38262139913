import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findLicenceProblems } from './findLicenceProblems.mjs';

const component = (name, ...licenses) => ({ name, version: '1.0.0', licenses });

test('accepts allowed licences, choices between them and packages read by hand', () => {
  assert.deepEqual(
    findLicenceProblems({
      components: [
        component('a', { license: { id: 'MIT' } }),
        component('b', { expression: '(BSD-3-Clause OR GPL-2.0)' }),
        component('c', { expression: 'MIT AND ISC' }),
        component('pause'),
      ],
    }),
    [],
  );
});

test('names packages with another licence, with none, and with one that is no expression', () => {
  assert.deepEqual(
    findLicenceProblems({
      components: [
        { ...component('a', { license: { id: 'GPL-3.0-only' } }), group: '@x' },
        component('b'),
        component('c', { license: { name: 'see LICENSE' } }),
        component('d', { expression: 'MIT AND AGPL-3.0-only' }),
        component(
          'e',
          { license: { id: 'MIT' } },
          { license: { id: 'SSPL-1.0' } },
        ),
      ],
    }),
    [
      '@x/a@1.0.0: GPL-3.0-only',
      'b@1.0.0: no licence',
      'c@1.0.0: see LICENSE',
      'd@1.0.0: MIT AND AGPL-3.0-only',
      'e@1.0.0: MIT, SSPL-1.0',
    ],
  );
});
