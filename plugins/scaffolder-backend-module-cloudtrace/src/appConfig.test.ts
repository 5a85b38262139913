import { join } from 'node:path';
import { compareConfig } from '@internal/config-contract';
import { readLocalRepositories, readPortalUrl } from './config';

it('reads exactly the keys that config.d.ts declares', () => {
  const comparison = compareConfig({
    packageDir: join(__dirname, '..'),
    readsForeignKeys: ['app.baseUrl'],
    samples: [{ app: { baseUrl: 'https://portal.example.com' } }],
    read: config => [readLocalRepositories(config), readPortalUrl(config)],
  });

  expect(comparison).toEqual({ undeclared: [], unread: [], unreached: [] });
});
