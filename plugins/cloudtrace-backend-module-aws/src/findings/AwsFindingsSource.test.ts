import { wordText } from '@cloudtrace/plugin-cloudtrace-common';
import type {
  FailedScanPull,
  PulledScan,
} from '@cloudtrace/plugin-cloudtrace-node';
import { component, scopeOf } from '../testUtils/createTestProvider';
import { FakeAccount } from '../testUtils/FakeAccount';
import { awsError } from '../testUtils/FakeAws';
import { serveAccounts, TAG } from '../testUtils/serveAccounts';

jest.setTimeout(60_000);

const setUp = serveAccounts();
const ORDERS = 'component:default/orders';
const BILLING = 'component:default/billing';
const scopes = [scopeOf(component('orders')), scopeOf(component('billing'))];
const both = { findings: { securityHub: true, inspector: true } };

/** An account in which `orders` has a group of two instances and a database. */
function accountOfOrders(id = '111111111111') {
  const account = new FakeAccount(id);
  account.groups.push({
    name: 'orders',
    tags: TAG,
    instances: [{ InstanceId: 'i-1' }, { InstanceId: 'i-2' }],
  });
  account.tagged.push({ arn: account.arn('rds', 'db:orders'), tags: TAG });
  account.scannedInstances = ['i-1', 'i-2'];
  return account;
}

/** A Security Hub finding about resources. */
const hubFinding = (Id: string, ...arns: string[]) => ({
  Id,
  Title: Id,
  GeneratorId: 'rule',
  RecordState: 'ACTIVE',
  Resources: arns.map(arn => ({ Id: arn, Type: 'AwsRdsDbInstance' })),
});

/** An Inspector finding about an instance. */
const inspectorFinding = (title: string, id: string, status = 'ACTIVE') => ({
  title,
  status,
  severity: 'HIGH',
  firstObservedAt: 1_760_000_000,
  resources: [{ id, type: 'AWS_EC2_INSTANCE' }],
  packageVulnerabilityDetails: { vulnerabilityId: 'CVE-2026-1' },
});

async function pull({ findingsSource }: ReturnType<typeof setUp>, of = scopes) {
  const scans: PulledScan[] = [];
  const failures: FailedScanPull[] = [];
  const { unread } = await findingsSource.pull(of, {
    signal: new AbortController().signal,
    onScan: async scan => void scans.push(scan),
    onFailure: async ({ error, ...failure }) =>
      void failures.push({ ...failure, error: wordText(error) }),
  });
  return {
    scans,
    failures,
    unread: unread.map(({ error, ...rest }) => ({
      ...rest,
      error: wordText(error),
    })),
  };
}

const titlesOf = (scan: PulledScan) => {
  const { Findings, findings } = scan.document as Record<string, any[]>;
  return (Findings ?? findings).map(item => item.Title ?? item.title);
};

describe('AWS findings', () => {
  it('are pulled page by page for resources that are linked to the entity', async () => {
    const account = accountOfOrders();
    const database = account.arn('rds', 'db:orders');
    const instance = account.arn('ec2', 'instance/i-1');
    account.hubFindings = [
      ...Array.from({ length: 230 }, (_, i) => hubFinding(`f${i}`, database)),
      hubFinding('instance', instance),
      { ...hubFinding('old', database), RecordState: 'ARCHIVED' },
    ];
    account.inspectorFindings = [
      inspectorFinding('open', 'i-1'),
      inspectorFinding('accepted', 'i-2', 'SUPPRESSED'),
      inspectorFinding('closed', 'i-2', 'CLOSED'),
    ];
    const test = setUp([account], both);
    const { scans, failures, unread } = await pull(test);
    expect([failures, unread]).toEqual([[], []]);
    expect(scans).toMatchObject([
      {
        entityRef: ORDERS,
        target: 'securityhub:111111111111/eu-central-1',
        format: 'asff',
        category: '111111111111/eu-central-1',
        incomplete: undefined,
      },
      {
        entityRef: ORDERS,
        target: 'inspector:111111111111/eu-central-1',
        format: 'inspector',
        incomplete: undefined,
      },
    ]);
    expect(titlesOf(scans[0])).toHaveLength(231);
    expect(test.fake.count({ action: 'GetFindings' })).toBe(3);
    expect(titlesOf(scans[1])).toEqual(['open', 'accepted']);
  });

  it('are requested for many resources in batches, each finding once', async () => {
    const account = accountOfOrders();
    const instances = Array.from({ length: 45 }, (_, i) => `i-${i}`);
    account.groups[0].instances = instances.map(InstanceId => ({ InstanceId }));
    account.scannedInstances = instances;
    account.hubFindings = [
      hubFinding(
        'wide',
        ...instances.map(id => account.arn('ec2', `instance/${id}`)),
      ),
    ];
    const test = setUp([account], both);
    const { scans, failures } = await pull(test);
    expect(failures).toEqual([]);
    expect(titlesOf(scans[0])).toEqual(['wide']);
    expect(test.fake.count({ action: 'GetFindings' })).toBe(3);
    expect(test.fake.count({ action: 'ListFindings' })).toBe(5);
  });

  it("never include those of another entity's resources", async () => {
    const account = accountOfOrders();
    const own = account.arn('rds', 'db:orders');
    const shared = account.arn('rds', 'db:shared');
    const foreign = account.arn('rds', 'db:payroll');
    account.tagged.push({
      arn: shared,
      tags: { 'cloudtrace:entity-ref': `${ORDERS} ${BILLING}` },
    });
    const test = setUp([account], both);
    // An AWS mock that ignores the filter.
    test.fake.when({ action: 'GetFindings' }, () => ({
      Findings: [
        hubFinding('own', own, foreign),
        hubFinding('shared', shared),
        hubFinding('foreign', foreign),
      ],
    }));
    const hub = (await pull(test)).scans.filter(
      ({ format }) => format === 'asff',
    );
    expect(hub.map(scan => [scan.entityRef, titlesOf(scan)])).toEqual([
      [ORDERS, ['own', 'shared']],
      [BILLING, ['shared']],
    ]);
    expect(JSON.stringify(hub)).not.toContain('payroll');
    const asked = test.fake.calls.filter(({ service }) =>
      ['securityhub', 'inspector2'].includes(service),
    );
    expect(JSON.stringify(asked)).not.toContain('payroll');
  });

  it('are not requested without consent, whatever an annotation says', async () => {
    const account = new FakeAccount('111111111111');
    account.groups.push({ name: 'orders', instances: [{ InstanceId: 'i-1' }] });
    const test = setUp([account], both);
    const thief = component('thief', {
      'cloudtrace.io/auto-scaling-group': 'orders',
    });
    const { scans, failures } = await pull(test, [...scopes, scopeOf(thief)]);
    expect([scans, failures]).toEqual([[], []]);
    expect(test.fake.count({ service: 'securityhub' })).toBe(0);
    expect(test.fake.count({ service: 'inspector2' })).toBe(0);
  });

  it.each([
    ['GetFindings', 'securityhub', 'securityhub:GetFindings'],
    ['ListFindings', 'inspector', 'inspector2:ListFindings'],
    ['ListCoverage', 'inspector', 'inspector2:ListCoverage'],
  ])('name the permission if %s is denied', async (action, id, permission) => {
    const test = setUp([accountOfOrders()], both);
    test.fake.when({ action }, call =>
      awsError(call, 'AccessDeniedException', 403),
    );
    const { scans, failures } = await pull(test);
    expect(failures).toEqual([
      {
        entityRef: ORDERS,
        target: `${id}:111111111111/eu-central-1`,
        error: expect.stringMatching(`^${permission} was denied .*policy`),
      },
    ]);
    expect(scans).toHaveLength(1);
  });

  it('report a disabled Security Hub after one call, and do not affect other accounts', async () => {
    const accounts = [accountOfOrders(), accountOfOrders('222222222222')];
    const test = setUp(accounts, { findings: { securityHub: true } });
    const off = { action: 'GetFindings', accountId: '111111111111' };
    test.fake.when(off, call =>
      awsError(call, 'InvalidAccessException', 401, 'not subscribed'),
    );
    const { scans, failures } = await pull(test);
    expect(failures).toMatchObject([
      {
        target: 'securityhub:111111111111/eu-central-1',
        error: expect.stringContaining('Enable Security Hub in this region'),
      },
    ]);
    expect(test.fake.count(off)).toBe(1);
    expect(scans).toMatchObject([{ category: '222222222222/eu-central-1' }]);
  });

  it.each(['a page that fails', 'more pages than the limit allows'])(
    'are not stored in part: %s',
    async why => {
      const account = accountOfOrders();
      account.hubFindings = Array.from({ length: 1_100 }, (_, i) =>
        hubFinding(`f${i}`, account.arn('rds', 'db:orders')),
      );
      const test = setUp([account], {
        findings: { securityHub: true },
        limits: { maxPages: 1, maxAttempts: 1 },
      });
      if (why === 'a page that fails') {
        test.fake.when({ action: 'GetFindings' }, call =>
          call.params.NextToken
            ? awsError(call, 'InternalException', 500)
            : account.handle(call),
        );
      }
      const { scans, failures } = await pull(test);
      expect(scans).toEqual([]);
      expect(failures).toHaveLength(1);
      expect(test.fake.count({ action: 'GetFindings' })).toBeLessThan(12);
    },
  );

  it('are incomplete if Inspector does not scan every instance', async () => {
    const account = accountOfOrders();
    account.scannedInstances = ['i-1'];
    account.inspectorFindings = [inspectorFinding('open', 'i-1')];
    const test = setUp([account], { findings: { inspector: true } });
    const [scan] = (await pull(test)).scans;
    expect(titlesOf(scan)).toEqual(['open']);
    expect(wordText(scan.incomplete!)).toBe(
      'Amazon Inspector does not scan 1 of 2 instances',
    );
    expect(scan.incomplete).toMatchObject({
      values: { unchecked: 1, total: 2 },
    });
  });

  it('stay unchanged if the links of a region cannot be read', async () => {
    const test = setUp([accountOfOrders()], both);
    test.fake.when({ action: 'GetResources' }, call =>
      awsError(call, 'AccessDeniedException', 403),
    );
    const { scans, failures, unread } = await pull(test);
    expect([scans, failures]).toEqual([[], []]);
    expect(unread).toMatchObject([
      {
        target: 'securityhub:111111111111/eu-central-1',
        error: expect.stringContaining('tag:GetResources was denied'),
      },
      { target: 'inspector:111111111111/eu-central-1' },
    ]);
  });
});
