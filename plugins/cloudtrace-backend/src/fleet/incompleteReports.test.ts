import request from 'supertest';
import { asUser } from '../testUtils/backend';
import {
  BASE,
  group,
  useFleetBackends,
  target,
  targetGroup,
} from '../testUtils/fleet';

jest.setTimeout(120_000);

describe('incomplete reports', () => {
  const setUp = useFleetBackends();

  it('distinguishes policies that could not be read from none, and keeps known ones', async () => {
    const { backend, provider, get, refresh } = await setUp();
    const known = (await get('/scaling')).groups[0];
    expect(known.policies).toHaveLength(1);
    const problems = [
      {
        code: 'access-denied' as const,
        message: 'The role may not read policies',
        coded: {
          message: {
            code: 'aws-access-denied' as const,
            values: { action: 'autoscaling:DescribePolicies' },
          },
        },
        missingPermission: 'autoscaling:DescribePolicies',
        resourceId: group.id,
      },
    ];
    const { policies: _, ...rest } = provider.reports.get(group.id)!.group!;
    const report = { group: { ...rest, zones: ['z9'] }, problems };
    provider.reports.set(group.id, report);
    await refresh(group);
    const refused = await get('/scaling');
    expect(refused.groups[0].zones).toEqual(['z9']);
    expect(refused.groups[0].policies).toEqual(known.policies);
    expect(refused.notices).toMatchObject(problems);

    provider.reports.set(group.id, { group: { ...rest, policies: [] } });
    await refresh(group);
    expect((await get('/scaling')).groups[0].policies).toEqual([]);
    await backend.stop();
  });

  it('does not treat unreadable limits as a fixed size, and keeps known limits', async () => {
    const { backend, provider, get, refresh } = await setUp();
    const problems = [
      {
        code: 'access-denied' as const,
        message: 'The role may not read limits',
        missingPermission: 'application-autoscaling:DescribeScalableTargets',
        resourceId: group.id,
      },
    ];
    const { suspendedProcesses: _, ...rest } = provider.reports.get(group.id)!
      .group!;
    const report = {
      group: { ...rest, capacity: { desired: 2, inService: 2 } },
      problems,
    };
    provider.reports.set(group.id, report);
    await refresh(group);
    const kept = await get('/scaling');
    expect(kept.groups[0]).toMatchObject({
      capacity: { min: 2, desired: 2, max: 3 },
      limit: 'at-min',
      suspendedProcesses: [{ name: 'ReplaceUnhealthy' }],
    });
    expect(kept.notices).toMatchObject(problems);

    // As if access had been denied from the beginning.
    await backend.stop();
    const unknown = await setUp({ [group.id]: report });
    const { groups } = await unknown.get('/scaling');
    expect(groups[0]).toMatchObject({
      capacity: { desired: 2, inService: 2 },
      limit: 'unknown',
    });
    expect(groups[0].capacity).not.toHaveProperty('min');
    expect(groups[0].capacitySeries[0]).not.toHaveProperty('max');
    expect(groups[0]).not.toHaveProperty('suspendedProcesses');
    const diagnostics = await unknown.get('/diagnostics');
    expect(JSON.stringify(diagnostics)).toContain(
      'application-autoscaling:DescribeScalableTargets',
    );
    await unknown.backend.stop();
  });

  it('distinguishes activities that were never readable from none', async () => {
    const known = await setUp();
    const { activities = [], ...report } = known.provider.reports.get(
      group.id,
    )!;
    expect((await known.get('/scaling')).groups[0].activities.total).toBe(
      activities.length,
    );
    await known.backend.stop();
    const problems = [
      {
        code: 'access-denied' as const,
        message: 'The role may not read activities',
        missingPermission: 'autoscaling:DescribeScalingActivities',
      },
    ];
    const refused = { ...report, problems };
    const { backend, provider, get, refresh } = await setUp({
      [group.id]: refused,
    });
    const unknown = await get('/scaling');
    expect(unknown.groups[0]).not.toHaveProperty('activities');
    expect(unknown.notices).toMatchObject(problems);
    const page = await get('/scaling/activities');
    expect(page.items).toEqual([]);
    expect(page).not.toHaveProperty('total');
    expect((await get('/overview')).badges).not.toHaveProperty(
      'failedScalings',
    );

    provider.reports.set(group.id, { ...report, activities: [] });
    await refresh(group);
    const none = { total: 0, failed: 0 };
    expect((await get('/scaling')).groups[0].activities).toMatchObject(none);
    expect((await get('/scaling/activities')).total).toBe(0);
    // Data that was read once stays known.
    provider.reports.set(group.id, refused);
    await refresh(group);
    expect((await get('/scaling')).groups[0].activities).toMatchObject(none);
    await backend.stop();
  });

  it('keeps the last known data if the provider fails, and reports why', async () => {
    const { backend, provider, get, refresh } = await setUp();
    provider.reports.set(targetGroup.id, {
      problems: [
        {
          code: 'access-denied',
          message: 'The role may not read targets',
          nextStep: 'Allow it',
          missingPermission: 'elasticloadbalancing:DescribeTargetHealth',
        },
      ],
    });
    await refresh(targetGroup);
    const health = await get('/health');
    expect(health.groups[0]).toMatchObject({ healthy: 3, total: 3 });
    expect(health.notices).toMatchObject([
      {
        code: 'access-denied',
        missingPermission: 'elasticloadbalancing:DescribeTargetHealth',
        resourceId: targetGroup.id,
      },
    ]);
    const diagnostics = await get('/diagnostics');
    const source = diagnostics.sources.find((s: any) => s.id === 'fleet:fake');
    expect(source).toMatchObject({
      title: 'Fake cloud',
      status: 'problem',
      resources: expect.arrayContaining([
        expect.objectContaining({
          name: 'shop targets',
          foundBy: 'annotation',
          foundThrough: 'cloudtrace.io/auto-scaling-group: shop',
        }),
      ]),
    });
    const other = await request(backend.server)
      .get(`${BASE.replace('shop', 'other')}/health`)
      .set(asUser());
    expect(other.body).toMatchObject({
      availability: 'not-linked',
      groups: [],
      notices: [{ code: 'not-linked', nextStep: 'Tag it' }],
    });
    await backend.stop();
  });

  it('rejects a report that is older than the stored one', async () => {
    const { backend, provider, get, refresh, ago } = await setUp();
    provider.reports.set(targetGroup.id, {
      observedAt: ago(10).toISOString(),
      targets: [],
    });
    await refresh(targetGroup);
    expect((await get('/health')).groups[0]).toMatchObject({ total: 3 });
    await backend.stop();
  });

  it('stores hostile text and impossible values without an error', async () => {
    const { backend, provider, get, refresh } = await setUp();
    provider.reports.set(targetGroup.id, {
      targets: [
        target('a\u0000b', 'z\uD800', 'weird' as never, {
          reason: 'x'.repeat(20_000),
          since: 'not a time',
        }),
      ],
    });
    provider.reports.set(group.id, {
      activities: [
        {
          activityId: 'x',
          kind: 'other',
          status: 'odd' as never,
          startedAt: 'never',
          causeKind: 'unknown',
        },
      ],
      metrics: [
        {
          seriesId: 's',
          label: 's',
          unit: '1',
          statistic: 'sum',
          periodMs: 1,
          times: [new Date().toISOString(), 'never'],
          values: [Number.NaN, 1],
        },
      ],
    });
    await refresh(targetGroup, group);
    const health = await get('/health');
    expect(health.status).toBe(200);
    expect(health.groups[0].targets[0].state).toBe('weird');
    await backend.stop();
  });
});
