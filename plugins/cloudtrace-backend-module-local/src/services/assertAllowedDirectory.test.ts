import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertAllowedDirectory } from './assertAllowedDirectory';

describe('assertAllowedDirectory', () => {
  let root: string;
  let allowed: string;

  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'allowed-')));
    allowed = join(root, 'repositories');
    mkdirSync(join(allowed, 'orders'), { recursive: true });
    mkdirSync(join(root, 'repositories-other'));
    mkdirSync(join(root, 'secret'));
    symlinkSync(join(root, 'secret'), join(allowed, 'link'));
    symlinkSync(allowed, join(root, 'alias'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('accepts repositories below an allowed folder, also by another name', async () => {
    const real = join(allowed, 'orders');
    await expect(assertAllowedDirectory(real, [allowed])).resolves.toBe(real);
    await expect(
      assertAllowedDirectory(join(root, 'alias/orders'), [allowed]),
    ).resolves.toBe(real);
    await expect(
      assertAllowedDirectory(real, [join(root, 'missing'), allowed]),
    ).resolves.toBe(real);
  });

  it.each([
    ['the folder itself', () => allowed],
    ['a folder beside it', () => join(root, 'repositories-other')],
    ['a way out', () => `${allowed}/orders/../../secret`],
    ['a link that leads out', () => join(allowed, 'link')],
    ['a missing folder', () => join(allowed, 'nothing')],
    ['a relative path', () => 'orders'],
  ])('rejects %s', async (_name, path) => {
    await expect(assertAllowedDirectory(path(), [allowed])).rejects.toThrow(
      'not one of the portal',
    );
  });

  it('rejects everything if no folder is allowed', async () => {
    await expect(
      assertAllowedDirectory(join(allowed, 'orders'), []),
    ).rejects.toThrow('cannot start services');
  });
});
