import { startTestPostgres, type TestDatabases } from '../../testUtils';
import { ensureResources, resourceKey } from './ensureResources';
import { replaceLinks, type SilentPart } from './replaceLinks';

jest.setTimeout(60_000);

const scope = {
  entityRef: 'component:default/shop',
  environment: 'production',
};

describe('replaceLinks', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  afterAll(() => databases?.stop());

  /** Links a resource in each of three places, then locates none of them. */
  async function linksLeft(silent: SilentPart[]): Promise<string[]> {
    const { knex, destroy } = await databases.createTestDatabase();
    try {
      const resources = [
        { account: '111111111111', region: 'eu-central-1' },
        { account: '111111111111', region: 'eu-west-1' },
        { account: '222222222222', region: 'eu-central-1' },
      ].map(place => ({
        ...place,
        provider: 'aws',
        id: `${place.account}/${place.region}`,
        type: 'auto-scaling-group',
        name: 'shop',
      }));
      const ids = await ensureResources(knex, resources);
      await replaceLinks(knex, {
        provider: 'aws',
        scopes: [scope],
        links: resources.map(resource => ({
          ...scope,
          resourceId: ids.get(resourceKey(resource))!,
          locator: 'tag',
          detail: 'a tag',
        })),
      });
      await replaceLinks(knex, {
        provider: 'aws',
        scopes: [scope],
        links: [],
        silent,
      });
      const rows = await knex('fleet_links')
        .join(
          'fleet_resources',
          'fleet_links.resource_id',
          'fleet_resources.resource_id',
        )
        .orderBy('external_id')
        .select('external_id');
      return rows.map(row => row.external_id);
    } finally {
      await destroy();
    }
  }

  it('removes links that are no longer located', async () => {
    expect(await linksLeft([])).toEqual([]);
  });

  it('keeps links to an account that did not respond, and only those', async () => {
    expect(await linksLeft([{ account: '111111111111' }])).toEqual([
      '111111111111/eu-central-1',
      '111111111111/eu-west-1',
    ]);
  });

  it('keeps links to a region that did not respond, and only those', async () => {
    expect(
      await linksLeft([{ account: '111111111111', region: 'eu-west-1' }]),
    ).toEqual(['111111111111/eu-west-1']);
  });
});
