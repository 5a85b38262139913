import type { Knex } from 'knex';
import { startTestPostgres, type TestDatabases } from '../../testUtils';
import { ensureResources, resourceKey } from './ensureResources';
import { readLostZones } from './readLostZones';

jest.setTimeout(60_000);

const noon = new Date('2026-03-01T12:00:00Z');
const hours = (count: number) => new Date(noon.getTime() + count * 3_600_000);

/** States of one target, each with the hours from noon at which it began. */
type States = Array<[at: number, state: string]>;

describe('readLostZones', () => {
  let databases: TestDatabases;
  let knex: Knex;
  let resourceId: number;

  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  beforeEach(async () => {
    ({ knex } = await databases.createTestDatabase());
    const resource = {
      provider: 'aws',
      id: 'shop',
      type: 'target-group',
      name: 'shop',
    };
    const ids = await ensureResources(knex, [resource]);
    resourceId = ids.get(resourceKey(resource))!;
  });
  afterAll(() => databases?.stop());

  const store = (zone: string, target: string, states: States) =>
    knex('fleet_target_states').insert(
      states.map(([at, state], i) => ({
        resource_id: resourceId,
        target_key: target,
        zone,
        at: hours(at),
        until: states[i + 1] ? hours(states[i + 1][0]) : null,
        state,
      })),
    );
  const lost = async (resourceIds = [resourceId]) => {
    const rows = await readLostZones(knex, { resourceIds, at: noon });
    return rows.map(({ zone, lostAt }) => [zone, lostAt]);
  };

  it('reports a zone whose last targets failed and left, since the last one left', async () => {
    await store('a', '1', [
      [-5, 'healthy'],
      [-4, 'unhealthy'],
      [-3, 'gone'],
    ]);
    await store('a', '2', [
      [-4, 'unhealthy'],
      [-2.5, 'draining'],
      [-2, 'gone'],
    ]);
    expect(await lost()).toEqual([['a', hours(-2)]]);
    expect(await lost([resourceId + 1])).toEqual([]);
    expect(await lost([])).toEqual([]);
  });

  it.each<[string, States]>([
    [
      'was healthy when it left',
      [
        [-5, 'unhealthy'],
        [-4, 'healthy'],
        [-3, 'draining'],
        [-2, 'gone'],
      ],
    ],
    [
      'left more than a day ago',
      [
        [-26, 'unhealthy'],
        [-25, 'gone'],
      ],
    ],
    [
      'left later',
      [
        [-1, 'unhealthy'],
        [1, 'gone'],
      ],
    ],
    [
      'came back',
      [
        [-3, 'unhealthy'],
        [-2, 'gone'],
        [-1, 'initial'],
      ],
    ],
  ])('does not report a zone whose target %s', async (_, states) => {
    await store('a', '1', states);
    expect(await lost()).toEqual([]);
  });

  it('does not report a zone that still has a target, whatever its state', async () => {
    const failed: States = [
      [-3, 'unhealthy'],
      [-2, 'gone'],
    ];
    await store('a', '1', failed);
    await store('b', '2', failed);
    await store('a', '3', [[-3, 'unhealthy']]);
    expect(await lost()).toEqual([['b', hours(-2)]]);
  });
});
