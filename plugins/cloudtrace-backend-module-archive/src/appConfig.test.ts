import { join } from 'node:path';
import { compareConfig } from '@internal/config-contract';
import { readArchiveConfig } from './readArchiveConfig';

it('reads exactly the keys that config.d.ts declares', () => {
  const comparison = compareConfig({
    packageDir: join(__dirname, '..'),
    samples: [
      { cloudtrace: { archive: { folder: '/archive', retention: '90d' } } },
      { cloudtrace: { archive: { s3: { bucket: 'b' }, timeout: '5s' } } },
    ],
    read: readArchiveConfig,
  });

  expect(comparison).toEqual({ undeclared: [], unread: [], unreached: [] });
});
