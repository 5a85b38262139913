import { mockServices } from '@backstage/backend-test-utils';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { testEntity } from '../testUtils/backend';
import { CatalogEntityUids } from './CatalogEntityUids';

const ENTITY_REF = 'component:default/shop';

describe('CatalogEntityUids', () => {
  const setUp = () => {
    const catalog: Partial<CatalogService> = catalogServiceMock({
      entities: [
        testEntity('shop', { metadata: { name: 'shop', uid: 'uid-1' } }),
        testEntity('bare'),
      ],
    });
    const ask = jest.spyOn(catalog as CatalogService, 'getEntitiesByRefs');
    let now = 0;
    const uids = new CatalogEntityUids({
      auth: mockServices.auth(),
      catalog: catalog as CatalogService,
      logger: mockServices.logger.mock(),
      now: () => now,
    });
    return { uids, ask, advance: (ms: number) => (now += ms) };
  };

  it('reads all uids in one call, and omits entities without one', async () => {
    const { uids, ask } = setUp();
    const refs = [
      'component:default/none',
      ENTITY_REF,
      'component:default/bare',
    ];
    expect([...(await uids.read(refs))]).toEqual([[ENTITY_REF, 'uid-1']]);
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('returns nothing while the catalog fails, and does not query it for a while', async () => {
    const { uids, ask, advance } = setUp();
    expect((await uids.read([ENTITY_REF])).size).toBe(1);
    ask.mockRejectedValueOnce(new Error('away'));
    expect((await uids.read([ENTITY_REF])).size).toBe(0);
    expect((await uids.read([ENTITY_REF])).size).toBe(0);
    expect(ask).toHaveBeenCalledTimes(2);
    advance(15_000);
    expect((await uids.read([ENTITY_REF])).size).toBe(1);
  });

  it('does not wait for a catalog that does not respond', async () => {
    const { uids, ask } = setUp();
    ask.mockReturnValueOnce(new Promise(() => undefined));
    expect((await uids.read([ENTITY_REF])).size).toBe(0);
  });
});
