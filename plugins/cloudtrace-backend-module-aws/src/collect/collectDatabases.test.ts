import { component, scopeOf } from '../testUtils/createTestProvider';
import { FakeAccount } from '../testUtils/FakeAccount';
import { serveAccounts, TAG } from '../testUtils/serveAccounts';

jest.setTimeout(60_000);

const setUp = serveAccounts();

describe('databases', () => {
  it('reports a Multi-AZ instance and a cluster with their failovers', async () => {
    const account = new FakeAccount('123456789012');
    const instanceArn = account.arn('rds', 'db:orders-db');
    const clusterArn = account.arn('rds', 'cluster:orders-cluster');
    account.tagged.push(
      { arn: instanceArn, tags: TAG },
      { arn: clusterArn, tags: TAG },
    );
    const database = (name: string, zone: string, extra = {}) => ({
      DBInstanceIdentifier: name,
      DBInstanceArn: account.arn('rds', `db:${name}`),
      DBInstanceClass: 'db.t4g.medium',
      DBInstanceStatus: 'available',
      AvailabilityZone: `eu-central-1${zone}`,
      InstanceCreateTime: '2026-01-01T00:00:00Z',
      ...extra,
    });
    account.dbInstances.push(
      database('orders-db', 'b', {
        MultiAZ: true,
        SecondaryAvailabilityZone: 'eu-central-1a',
      }),
      database('orders-1', 'a'),
      database('orders-2', 'c', { DBInstanceStatus: 'levitating' }),
    );
    account.dbClusters.push({
      DBClusterIdentifier: 'orders-cluster',
      DBClusterArn: clusterArn,
      Status: 'available',
      DBClusterMembers: [
        { DBInstanceIdentifier: 'orders-1', IsClusterWriter: true },
        { DBInstanceIdentifier: 'orders-2', IsClusterWriter: false },
      ],
    });
    const event = (
      type: string,
      name: string,
      time: string,
      Message: string,
      category: string,
    ) => ({
      SourceIdentifier: name,
      SourceType: type,
      SourceArn: account.arn(
        'rds',
        `${type === 'db-cluster' ? 'cluster' : 'db'}:${name}`,
      ),
      Date: new Date(time),
      Message,
      EventCategories: [category],
    });
    account.events.push(
      event(
        'db-instance',
        'orders-db',
        '2026-11-20T10:00:00Z',
        'Multi-AZ instance failover started.',
        'failover',
      ),
      event(
        'db-instance',
        'orders-db',
        '2026-11-20T10:01:10Z',
        'Multi-AZ instance failover completed',
        'failover',
      ),
      event(
        'db-instance',
        'billing-db',
        '2026-11-20T10:01:10Z',
        'Somebody else’s event',
        'failover',
      ),
      event(
        'db-cluster',
        'orders-cluster',
        '2026-11-20T09:00:00Z',
        'Completed failover to DB instance: orders-1',
        'failover',
      ),
    );
    const { fake, cycle } = setUp([account]);
    const { located, reports } = await cycle([
      scopeOf(
        component('orders', {
          'cloudtrace.io/db-instance': 'orders-db, orders-cluster',
        }),
      ),
    ]);
    expect(located.problems).toEqual([]);
    expect(reports.flatMap(r => r.problems)).toEqual([]);
    const instance = reports.find(r => r.resource.id === instanceArn)!;
    expect(instance.resource.type).toBe('db-instance');
    expect(instance.instances).toEqual([
      {
        instanceId: 'orders-db',
        zone: 'eu-central-1b',
        state: 'in-service',
        vendorState: 'available',
        instanceType: 'db.t4g.medium',
        launchedAt: '2026-01-01T00:00:00.000Z',
      },
    ]);
    expect(instance.databaseEvents).toEqual([
      expect.objectContaining({
        kind: 'failover-started',
        at: '2026-11-20T10:00:00.000Z',
      }),
      expect.objectContaining({
        kind: 'failover-completed',
        fromZone: 'eu-central-1a',
        toZone: 'eu-central-1b',
      }),
    ]);
    const cluster = reports.find(r => r.resource.id === clusterArn)!;
    expect(cluster.resource.type).toBe('db-cluster');
    expect(cluster.instances).toEqual([
      expect.objectContaining({
        instanceId: 'orders-1',
        vendorState: 'available (writer)',
      }),
      expect.objectContaining({
        instanceId: 'orders-2',
        state: 'unknown',
        vendorState: 'levitating (reader)',
      }),
    ]);
    expect(cluster.databaseEvents).toEqual([
      expect.objectContaining({
        kind: 'failover-completed',
        toZone: 'eu-central-1a',
      }),
    ]);
    expect(JSON.stringify(reports)).not.toContain('Somebody else');
    expect(fake.contentTypes.get('rds')).toBe(
      'application/x-www-form-urlencoded',
    );
  });

  it('pages through events', async () => {
    const account = new FakeAccount('123456789012');
    account.tagged.push({ arn: account.arn('rds', 'db:orders-db'), tags: TAG });
    account.events = Array.from({ length: 250 }, (_, i) => ({
      SourceIdentifier: 'orders-db',
      SourceType: 'db-instance',
      Date: new Date(Date.parse('2026-11-20T00:00:00Z') + i * 1000),
      Message: `Backing up DB instance ${i}`,
      EventCategories: ['backup'],
    }));
    const { cycle, fake } = setUp([account]);
    const [report] = (await cycle([scopeOf(component('orders'))])).reports;
    expect(report.databaseEvents).toHaveLength(250);
    expect(fake.count({ action: 'DescribeEvents' })).toBe(3);
    // The database itself no longer exists.
    expect(report.problems).toEqual([
      expect.objectContaining({ code: 'not-found' }),
    ]);
  });
});
