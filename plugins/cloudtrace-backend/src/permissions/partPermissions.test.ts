import type { Entity } from '@backstage/catalog-model';
import type { CallOptions } from '../http/types';
import type { EntityAccess } from './EntityAccess';
import { findVisibleParts, requireParts } from './partPermissions';

const entity = { kind: 'Component', metadata: { name: 'shop' } } as Entity;
const SHOP = 'component:default/shop';
const NAMES = [
  'cloudtrace.requests.read',
  'cloudtrace.fleet.read',
  'cloudtrace.security.read',
];

/** Resolves like EntityAccess, and records the permissions that are asked for. */
function setUp(allowed: boolean[] | undefined) {
  const asked: string[][] = [];
  const record = (permissions: readonly { name: string }[]) =>
    asked.push(permissions.map(({ name }) => name));
  const access = {
    async requireEntityWithAny(_ref, permissions) {
      record(permissions);
      if (!allowed) throw new Error('not found');
      return { entity, allowed };
    },
    async findVisible(refs, permissions) {
      record(permissions);
      return refs.map(() => allowed && { entity, allowed });
    },
  } as Pick<EntityAccess, 'requireEntityWithAny' | 'findVisible'>;
  return {
    access: access as EntityAccess,
    asked,
    options: { credentials: {} as CallOptions['credentials'] },
  };
}

describe('partPermissions', () => {
  it.each([
    [[true, false, false], ['requests'], ['fleet', 'security']],
    [[false, true, false], ['fleet'], ['requests', 'security']],
    [[false, false, true], ['security'], ['requests', 'fleet']],
    [[true, true, true], ['requests', 'fleet', 'security'], []],
  ])(
    'splits %j into visible and hidden parts',
    async (allowed, parts, hidden) => {
      const { access, asked, options } = setUp(allowed);
      expect(await requireParts(access, SHOP, options)).toEqual({
        parts: new Set(parts),
        hidden,
      });
      expect(await findVisibleParts(access, [SHOP], options)).toEqual([
        { entity, parts: new Set(parts), hidden },
      ]);
      expect(asked).toEqual([NAMES, NAMES]);
    },
  );

  it('shows nothing of an entity without any permission', async () => {
    const { access, options } = setUp(undefined);
    expect(await findVisibleParts(access, [SHOP], options)).toEqual([
      undefined,
    ]);
    await expect(requireParts(access, SHOP, options)).rejects.toThrow();
  });
});
