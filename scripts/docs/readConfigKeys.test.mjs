import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfigKeys } from './readConfigKeys.mjs';

test('reads keys of objects, lists and chosen names with type and documentation', () => {
  const text = `
    import type { HumanDuration } from '@backstage/types';
    export interface Config {
      acme?: {
        /** How long;
         * by default a day. */
        ttl?: string | HumanDuration;
        servers: Array<{
          /**
           * The password.
           * @visibility secret
           */
          password: string;
        }>;
        zones?: { [name: string]: { weight?: number } };
      };
    }`;
  assert.deepEqual(
    readConfigKeys(text).map(({ key, type, required, secret, description }) => [
      key,
      type,
      required,
      secret,
      description,
    ]),
    [
      ['acme', 'object', false, false, ''],
      [
        'acme.ttl',
        'string | HumanDuration',
        false,
        false,
        'How long; by default a day.',
      ],
      ['acme.servers', 'list', true, false, ''],
      ['acme.servers[].password', 'string', true, true, 'The password.'],
      ['acme.zones', 'object', false, false, ''],
      ['acme.zones.<name>', 'object', false, false, ''],
      ['acme.zones.<name>.weight', 'number', false, false, ''],
    ],
  );
});

test('rejects a file without keys', () => {
  assert.throws(
    () => readConfigKeys('export interface Other { a: 1 }', 'a/config.d.ts'),
    /a\/config\.d\.ts declares no key/,
  );
});
