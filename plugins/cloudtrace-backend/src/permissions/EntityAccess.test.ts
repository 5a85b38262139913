import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  cloudtraceFleetReadPermission as fleetRead,
  cloudtraceRequestsReadPermission as requestsRead,
} from '@cloudtrace/plugin-cloudtrace-common';
import { EntityAccess } from './EntityAccess';

const entity = (name: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, namespace: 'default' },
});
const SHOP = 'component:default/shop';
const CART = 'component:default/cart';
const MISSING = 'component:default/missing';

const caller = (userEntityRef: string): BackstageCredentials => ({
  $$type: '@backstage/BackstageCredentials',
  principal: { type: 'user', userEntityRef },
});

/** What a policy returns, by permission and entity; it denies everything else. */
type Decisions = Record<string, string | undefined>;

function setUp(decisions: Decisions = {}) {
  const entities = new Map([
    [SHOP, entity('shop')],
    [CART, entity('cart')],
  ]);
  const catalog = {
    getEntityByRef: jest.fn(async (ref: string) => entities.get(ref)),
    getEntitiesByRefs: jest.fn(
      async ({ entityRefs }: { entityRefs: string[] }) => ({
        items: entityRefs.map(ref => entities.get(ref)),
      }),
    ),
  };
  const authorize = jest.fn(
    async (
      requests: Array<{ permission: { name: string }; resourceRef: string }>,
      _options: object,
    ) =>
      requests.flatMap(({ permission, resourceRef }) => {
        const key = `${permission.name} ${resourceRef}`;
        const result = key in decisions ? decisions[key] : AuthorizeResult.DENY;
        return result === undefined ? [] : [{ result }];
      }),
  );
  return {
    access: new EntityAccess({
      catalog: catalog as unknown as CatalogService,
      permissions: { authorize } as unknown as PermissionsService,
    }),
    authorize,
    readEntity: catalog.getEntityByRef,
    readEntities: catalog.getEntitiesByRefs,
    credentials: caller('user:default/ann'),
  };
}

const allow = (permission: { name: string }, ref: string): Decisions => ({
  [`${permission.name} ${ref}`]: AuthorizeResult.ALLOW,
});

describe('EntityAccess', () => {
  afterEach(() => jest.useRealTimers());

  it('returns an entity that the caller may read and has the permission for', async () => {
    const { access, credentials, authorize, readEntity } = setUp(
      allow(requestsRead, SHOP),
    );
    const found = await access.requireEntity(SHOP, requestsRead, credentials);
    expect(found.metadata.name).toBe('shop');
    expect(readEntity).toHaveBeenCalledWith(SHOP, { credentials });
    expect(authorize).toHaveBeenCalledWith(
      [{ permission: requestsRead, resourceRef: SHOP }],
      { credentials },
    );
  });

  it('responds alike to a missing entity and to a missing permission', async () => {
    const { access, credentials } = setUp({
      ...allow(requestsRead, MISSING),
      ...allow(fleetRead, SHOP),
    });
    for (const ref of [MISSING, SHOP]) {
      const notFound = {
        name: 'NotFoundError',
        message: `Entity ${ref} not found, or you don't have permission`,
      };
      await expect(
        access.requireEntity(ref, requestsRead, credentials),
      ).rejects.toMatchObject(notFound);
      await expect(
        access.requireEntityWithAny(ref, [requestsRead], credentials),
      ).rejects.toMatchObject(notFound);
    }
    await expect(access.getEntity(MISSING, credentials)).rejects.toThrow(
      'not found',
    );
  });

  it.each([
    AuthorizeResult.DENY,
    AuthorizeResult.CONDITIONAL,
    'allow',
    'MAYBE',
    undefined,
  ])('denies when the policy returns %s', async result => {
    const { access, credentials } = setUp({
      [`${requestsRead.name} ${SHOP}`]: result,
    });
    expect(await access.allowed(SHOP, [requestsRead], credentials)).toEqual([
      false,
    ]);
    await expect(
      access.requireEntity(SHOP, requestsRead, credentials),
    ).rejects.toThrow('not found');
    expect(
      await access.findVisible([SHOP], [requestsRead], credentials),
    ).toEqual([undefined]);
  });

  it('returns the result of each permission in the order of the question', async () => {
    const { access, credentials } = setUp(allow(fleetRead, SHOP));
    const { entity: found, allowed } = await access.requireEntityWithAny(
      SHOP,
      [requestsRead, fleetRead],
      credentials,
    );
    expect([found.metadata.name, allowed]).toEqual(['shop', [false, true]]);
  });

  it('matches each entity of a list with its own decisions', async () => {
    const { access, credentials, authorize, readEntities } = setUp({
      ...allow(fleetRead, SHOP),
      ...allow(requestsRead, MISSING),
      ...allow(requestsRead, CART),
    });
    const visible = await access.findVisible(
      [SHOP, MISSING, CART],
      [requestsRead, fleetRead],
      credentials,
    );
    expect(
      visible.map(each => each && [each.entity.metadata.name, each.allowed]),
    ).toEqual([['shop', [false, true]], undefined, ['cart', [true, false]]]);
    expect(authorize).toHaveBeenCalledTimes(1);
    expect(authorize.mock.calls[0][1]).toEqual({ credentials });
    expect(readEntities).toHaveBeenCalledWith(
      {
        entityRefs: [SHOP, MISSING, CART],
        fields: ['kind', 'metadata', 'relations'],
      },
      { credentials },
    );
  });

  it('reads an entity once for a caller, and again for another caller', async () => {
    const { access, credentials, readEntity } = setUp();
    await access.getEntity(SHOP, credentials);
    await access.getEntity(SHOP, credentials);
    expect(readEntity).toHaveBeenCalledTimes(1);
    await access.getEntity(CART, credentials);
    expect(readEntity).toHaveBeenCalledTimes(2);
    const other = caller('user:default/bob');
    await access.getEntity(SHOP, other);
    expect(readEntity).toHaveBeenLastCalledWith(SHOP, { credentials: other });
  });

  it('reads an entity again after five seconds', async () => {
    jest.useFakeTimers();
    const { access, credentials, readEntity } = setUp();
    await access.getEntity(SHOP, credentials);
    await jest.advanceTimersByTimeAsync(4_999);
    await access.getEntity(SHOP, credentials);
    expect(readEntity).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(1);
    await access.getEntity(SHOP, credentials);
    expect(readEntity).toHaveBeenCalledTimes(2);
  });

  it('reads an entity again at once after a failed read', async () => {
    const { access, credentials, readEntity } = setUp();
    readEntity.mockRejectedValueOnce(new Error('catalog is down'));
    await expect(access.getEntity(SHOP, credentials)).rejects.toThrow(
      'catalog is down',
    );
    const found = await access.getEntity(SHOP, credentials);
    expect(found.metadata.name).toBe('shop');
  });
});
