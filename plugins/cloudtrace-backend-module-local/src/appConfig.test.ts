import { join } from 'node:path';
import { compareConfig } from '@internal/config-contract';
import { readLocalConfig } from './config';

it('reads exactly the keys that config.d.ts declares', () => {
  const comparison = compareConfig({
    packageDir: join(__dirname, '..'),
    readsKeysOf: [
      join(__dirname, '../../scaffolder-backend-module-cloudtrace'),
    ],
    samples: [{ cloudtrace: { local: { enabled: true } } }],
    read: readLocalConfig,
  });

  expect(comparison).toEqual({ undeclared: [], unread: [], unreached: [] });
});
