import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '@backstage/config';
import { compareConfig } from './compareConfig';

const packageDir = mkdtempSync(join(tmpdir(), 'config-contract-'));

const DECLARATION = `
export interface Config {
  shop?: {
    name?: string;
    unused?: number;
    timeout?: string | { seconds?: number };
    labels?: { [name: string]: string };
    items?: Array<{ id: string; tags?: string[] }>;
  };
}
`;

const READER = `export const read = config => config.getString('rarely');`;

beforeAll(() => {
  writeFileSync(join(packageDir, 'config.d.ts'), DECLARATION);
  mkdirSync(join(packageDir, 'src'));
  writeFileSync(join(packageDir, 'src/config.ts'), READER);
});

afterAll(() => rmSync(packageDir, { recursive: true, force: true }));

function readAll(config: Config) {
  const shop = config.getConfig('shop');
  shop.getOptionalString('name');
  shop.getOptional('timeout');
  shop.getOptionalConfig('labels')?.getString('color');
  for (const item of shop.getConfigArray('items')) {
    item.getString('id');
    item.getOptionalStringArray('tags');
  }
}

const sample = { shop: { labels: { color: 'red' }, items: [{ id: '1' }] } };

it('reports keys that are declared but never read, and keys that no sample reaches', () => {
  expect(
    compareConfig({ packageDir, samples: [sample], read: readAll }),
  ).toEqual({
    undeclared: [],
    unread: ['shop.unused'],
    unreached: ['rarely'],
  });
});

it('reports keys that are read but not declared, also in blocks and lists', () => {
  const { undeclared } = compareConfig({
    packageDir,
    samples: [sample],
    read: config => {
      readAll(config);
      config.has('shop.unknown');
      config.getOptionalConfig('other')?.getString('key');
      config.getConfigArray('shop.items')[0].getOptionalString('hidden');
    },
  });

  expect(undeclared).toEqual(['other', 'shop.items[].hidden', 'shop.unknown']);
});
