import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHealing } from '../src/createHealing.js';
import { AwsStandIn, type StoredRule } from './AwsStandIn.js';
import {
  asDeclared,
  declared,
  declaredRule,
  DECLARED_PARAMETER,
  PAUSE_PARAMETER,
  storedRule,
} from './declaredState.js';
import { activityOf, callOf, eventsFor } from './events.js';
import { Portal } from './Portal.js';

const now = new Date('2026-11-30T02:00:00Z');
const openDatabase = storedRule(
  'sg-database',
  declaredRule(15432, { cidrIpv4: '0.0.0.0/0' }),
  false,
);

let aws: AwsStandIn;
let portal: Portal;
let logs: string[];
let handler: (event: unknown) => Promise<void>;

beforeEach(async () => {
  aws = new AwsStandIn(asDeclared());
  portal = new Portal();
  logs = [];
  for (const [name, value] of Object.entries(await aws.listen())) {
    vi.stubEnv(name, value);
  }
  handler = createHealing({
    settings: {
      functionName: 'orders-production-healing',
      declaredParameter: DECLARED_PARAMETER,
      pauseParameter: PAUSE_PARAMETER,
      groupName: 'orders-production',
      cpuAlarm: 'orders-instance-cpu',
      memoryAlarm: 'orders-instance-memory',
      topicArn: 'arn:aws:sns:eu-central-1:1:orders',
      portalApiUrl: await portal.listen(),
      eventsTokenSecretArn: 'arn:secret',
    },
    log: message => logs.push(message),
    now: () => now,
  });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await aws.close();
  await portal.close();
});

const scheduled = { id: 'event-1', 'detail-type': 'Scheduled Event' };

/** A change of everything that a call can name. */
const call = (eventName: string) => ({
  ...callOf('any', eventName, {
    groupId: 'sg-database',
    autoScalingGroupName: 'orders-production',
    listenerArn: 'arn:listener/https',
  }),
  id: 'event-2',
});

const alarm = (alarmName: string, value = 'ALARM') => ({
  id: 'event-3',
  'detail-type': 'CloudWatch Alarm State Change',
  detail: { alarmName, state: { value } },
});

it('leaves a service alone that is as declared', async () => {
  await handler(scheduled);
  expect(writes()).toEqual([]);
  expect(portal.events).toEqual([]);
  expect(aws.published).toEqual([]);
});

describe('a rule of a security group', () => {
  it('that somebody added is removed, and the report says who added it', async () => {
    aws.state.rules.push(openDatabase);
    await handler(call('AuthorizeSecurityGroupIngress'));

    expect(aws.state.rules).not.toContain(openDatabase);
    const action =
      'remove the ingress rule tcp 15432-15432 0.0.0.0/0 of sg-database';
    expect(portal.events).toEqual([
      {
        kind: 'healing',
        id: expect.stringMatching(/^event-2:[0-9a-f]{16}$/) as string,
        at: now.toISOString(),
        endedAt: now.toISOString(),
        status: 'succeeded',
        action,
        reason: 'Not as declared in the repository',
        description:
          'Not as declared in the repository. Found: tcp 15432-15432 0.0.0.0/0. Declared: no such rule. ' +
          'Changed by: arn:aws:sts::111111111111:assumed-role/admin/ann (AuthorizeSecurityGroupIngress from 203.0.113.7). ' +
          `Done: ${action}.`,
      },
    ]);
    expect(portal.tokens).toEqual(new Set(['Bearer events-token']));
    expect(aws.published[0]?.subject).toBe(`Healed: ${action}`);
  });

  it('that is missing is restored before an undeclared one is removed', async () => {
    aws.state.rules = aws.state.rules.filter(({ isEgress }) => !isEgress);
    aws.state.rules.push(openDatabase);
    await handler(scheduled);

    expect(writes()).toEqual([
      'AuthorizeSecurityGroupEgress',
      'RevokeSecurityGroupIngress',
    ]);
    expect(aws.state.rules.at(-1)).toMatchObject({
      groupId: 'sg-balancer',
      isEgress: true,
      protocol: 'tcp',
      fromPort: 8080,
      toPort: 8080,
      groupRef: 'sg-service',
    });
    await handler(scheduled);
    expect(writes()).toHaveLength(2);
  });
});

describe('the bounds of the group', () => {
  it('are restored, and nothing else is even read', async () => {
    Object.assign(aws.state.group, { minSize: 0, maxSize: 100 });
    await handler(call('UpdateAutoScalingGroup'));
    expect(aws.state.group).toMatchObject({ minSize: 2, maxSize: 6 });
    expect(portal.events[0]).toMatchObject({
      action: 'set the bounds of orders-production to 2 to 6 instances',
      description: expect.stringContaining(
        'Found: 0 to 100 instances.',
      ) as string,
    });
    expect(aws.operations).not.toContain('DescribeListeners');
  });
});

describe('a listener', () => {
  it('gets its TLS policy back', async () => {
    Object.assign(aws.state.listeners[0]!, {
      sslPolicy: 'ELBSecurityPolicy-2016-08',
    });
    await handler(call('ModifyListener'));
    expect(aws.state.listeners).toEqual(declared.listeners);
  });

  it('that should redirect redirects again', async () => {
    aws.state.listeners[1]!.targetGroupArn = 'arn:targets';
    await handler(scheduled);
    expect(aws.state.listeners[1]?.targetGroupArn).toBeUndefined();
  });

  it('that was deleted is reported as not restored', async () => {
    aws.state.listeners.pop();
    aws.state.database.publiclyAccessible = true;
    await expect(handler(scheduled)).rejects.toThrow('only with a deployment');
    expect(aws.state.database.publiclyAccessible).toBe(false);
    expect(portal.events[0]).toMatchObject({
      status: 'failed',
      description: expect.stringContaining('Found: no listener.') as string,
    });
  });
});

it('makes the database private again', async () => {
  aws.state.database.publiclyAccessible = true;
  await handler(call('ModifyDBInstance'));
  expect(aws.state.database.publiclyAccessible).toBe(false);
  expect(portal.events[0]).toMatchObject({
    description: expect.stringContaining(
      'Found: public. Declared: private.',
    ) as string,
  });
});

describe('a repair that AWS refuses', () => {
  beforeEach(() => {
    aws.state.rules.push(openDatabase);
    aws.failing.set('RevokeSecurityGroupIngress', 'UnauthorizedOperation');
  });

  it('is reported, does not stop other repairs, and fails the run so that Lambda retries it', async () => {
    aws.state.database.publiclyAccessible = true;
    await expect(handler(scheduled)).rejects.toThrow('UnauthorizedOperation');
    expect(aws.state.database.publiclyAccessible).toBe(false);
    expect(portal.events.map(({ status }) => status)).toEqual([
      'failed',
      'succeeded',
    ]);
    expect(portal.events[0]?.['description']).toContain('Not done: remove');
  });

  it('keeps its id when Lambda retries it, so that the portal stores one event', async () => {
    await expect(handler(scheduled)).rejects.toThrow();
    aws.failing.clear();
    await handler(scheduled);
    expect(portal.events.map(({ status }) => status)).toEqual([
      'failed',
      'succeeded',
    ]);
    expect(new Set(portal.events.map(({ id }) => id)).size).toBe(1);
  });
});

it('repairs other kinds when one cannot be read', async () => {
  aws.failing.set('DescribeSecurityGroupRules', 'Throttling');
  aws.state.database.publiclyAccessible = true;
  await expect(handler(scheduled)).rejects.toThrow('Throttling');
  expect(aws.state.database.publiclyAccessible).toBe(false);
});

describe('a declared state', () => {
  const twoPeers = declaredRule(1, { cidrIpv4: '10.0.0.0/8', groupId: 'sg-1' });

  it.each([
    ['that is not JSON', 'oops', 'is not JSON'],
    ['without security groups', { securityGroups: [] }, 'securityGroups'],
    ['with an unknown field', { extra: 1 }, 'extra'],
    [
      'with a rule for two peers',
      { securityGroups: [{ id: 'sg-1', ingress: [twoPeers], egress: [] }] },
      'exactly one',
    ],
  ])('%s changes nothing', async (_name, change, message) => {
    aws.state.parameters[DECLARED_PARAMETER]!.value =
      typeof change === 'string'
        ? change
        : JSON.stringify({ ...declared, ...change });
    aws.state.database.publiclyAccessible = true;
    await expect(handler(scheduled)).rejects.toThrow(message);
    expect(writes()).toEqual([]);
  });
});

describe('a pause', () => {
  const pause = (value: string, lastModified: string) => {
    aws.state.parameters[PAUSE_PARAMETER] = {
      value,
      lastModified: new Date(lastModified),
    };
    aws.state.database.publiclyAccessible = true;
  };

  it('keeps a deployment from being undone', async () => {
    pause('2026-11-30T02:10:00Z', '2026-11-30T01:50:00Z');
    await handler(scheduled);
    expect(writes()).toEqual([]);
    expect(logs[0]).toContain('paused until 2026-11-30T02:10:00.000Z');
  });

  it.each([
    ['ends at its end', '2026-11-30T01:59:00Z', '2026-11-30T01:50:00Z'],
    ['ends after two hours', '2099-01-01T00:00:00Z', '2026-11-29T23:59:00Z'],
    ['without a time does not count', 'for ever', '2026-11-30T01:59:00Z'],
  ])('%s', async (_name, until, lastModified) => {
    pause(until, lastModified);
    await handler(scheduled);
    expect(aws.state.database.publiclyAccessible).toBe(false);
  });
});

describe('an alarm', () => {
  it('of CPU replaces the instance that is stuck while the others are not', async () => {
    load('CPUUtilization', { 'i-1': 97, 'i-2': 35, 'i-3': 40 });
    await handler(alarm('orders-instance-cpu'));
    expect(unhealthy()).toEqual(['i-1']);
    expect(portal.events[0]).toMatchObject({
      action: 'replace instance i-1',
      instanceId: 'i-1',
      reason: 'CPU at 97 % on average over the last minutes',
    });
  });

  it('of CPU leaves a busy group to its scaling policy', async () => {
    load('CPUUtilization', { 'i-1': 97, 'i-2': 92, 'i-3': 95 });
    await handler(alarm('orders-instance-cpu'));
    expect(unhealthy()).toEqual([]);
    expect(logs[0]).toContain('no instance has a problem of its own');
  });

  it('of memory replaces one instance at a time', async () => {
    load('mem_used_percent', { 'i-1': 94, 'i-2': 96, 'i-3': 50 });
    aws.state.alarms = ['orders-instance-memory'];
    await handler(scheduled);
    await handler(scheduled);
    expect(unhealthy()).toEqual(['i-2']);
  });

  it.each([
    [
      'another instance is starting',
      () => (aws.state.group.instances[2]!.state = 'Pending'),
    ],
    [
      'another instance is unhealthy',
      () => (aws.state.group.instances[2]!.health = 'Unhealthy'),
    ],
    ['it is the only instance', () => aws.state.group.instances.splice(1)],
  ])('replaces nothing while %s', async (_name, arrange) => {
    load('mem_used_percent', { 'i-1': 99, 'i-2': 20, 'i-3': 20 });
    arrange();
    await handler(alarm('orders-instance-memory'));
    expect(writes()).toEqual([]);
  });

  it('replaces nothing without enough data', async () => {
    aws.state.metrics['CPUUtilization i-1'] = [99, 99];
    aws.state.metrics['CPUUtilization i-2'] = [10, 10, 10];
    await handler(alarm('orders-instance-cpu'));
    expect(writes()).toEqual([]);
  });

  it('that recovered, or that is not ours, changes nothing', async () => {
    load('CPUUtilization', { 'i-1': 97, 'i-2': 35, 'i-3': 40 });
    await handler(alarm('orders-instance-cpu', 'OK'));
    await handler(alarm('orders-latency-p95'));
    expect(writes()).toEqual([]);
  });
});

describe('who changed something', () => {
  beforeEach(() => {
    aws.state.database.publiclyAccessible = true;
  });
  const changedBy = () =>
    /Changed by: (.*?)\. Done/.exec(
      String(portal.events[0]?.['description']),
    )?.[1];

  it.each([
    'orders-production',
    'arn:aws:rds:eu-central-1:1:db:orders-production',
  ])('is known if the call named it: %s', async dBInstanceIdentifier => {
    await handler(callOf('rds', 'ModifyDBInstance', { dBInstanceIdentifier }));
    expect(changedBy()).toContain('assumed-role/admin/ann');
  });

  it('is unknown if the call changed something else', async () => {
    await handler(
      callOf('rds', 'ModifyDBInstance', {
        dBInstanceIdentifier: 'not-orders-production',
      }),
    );
    expect(changedBy()).toBe(
      'unknown (found after ModifyDBInstance of something else)',
    );
  });

  it('is not the function itself: its own calls start no further repair', async () => {
    await handler(
      callOf(
        'rds',
        'ModifyDBInstance',
        { dBInstanceIdentifier: 'orders-production' },
        {
          arn: 'arn:aws:sts::1:assumed-role/healing-role/orders-production-healing',
        },
      ),
    );
    expect(aws.operations).toEqual(['GetParameter']);
  });
});

describe('what Auto Scaling does', () => {
  const activity = (type: string, detail = {}) =>
    handler(activityOf(`EC2 Instance ${type}`, 'orders-production', detail));

  it('for the health of an instance is reported with its cause', async () => {
    await activity('Terminate Successful');
    expect(portal.events).toEqual([
      expect.objectContaining({
        status: 'succeeded',
        action: 'replace instance i-1',
        instanceId: 'i-1',
        at: '2026-11-30T01:58:00.000Z',
        endedAt: '2026-11-30T01:59:00.000Z',
        reason: expect.stringContaining(
          'in response to an ELB system health check failure',
        ) as string,
        description: expect.stringContaining(
          'Changed by: Auto Scaling.',
        ) as string,
      }),
    ]);
  });

  it('that failed is reported with the reason', async () => {
    await activity('Launch Unsuccessful', {
      StatusMessage: 'Not enough capacity.',
      Cause: 'At 2026-11-30T01:58:00Z an instance was started.',
    });
    expect(portal.events[0]).toMatchObject({
      status: 'failed',
      action: 'launch instance i-1',
      reason: expect.stringContaining('Not enough capacity') as string,
    });
    expect(aws.published[0]?.subject).toContain('Could not heal: launch');
  });

  it.each([
    ['Launch Successful', {}],
    [
      'Terminate Successful',
      {
        Cause: 'a monitor alarm triggered policy down, shrinking the capacity',
      },
    ],
  ])('for scaling is not reported as healing: %s', async (type, detail) => {
    await activity(type, detail);
    expect(portal.events).toEqual([]);
  });

  it('lets an alarm be handled that had to wait for it', async () => {
    load('mem_used_percent', { 'i-1': 95, 'i-2': 20, 'i-3': 20 });
    aws.state.alarms = ['orders-instance-memory'];
    await activity('Launch Successful');
    expect(unhealthy()).toEqual(['i-1']);
  });

  it('is reported during a pause, too', async () => {
    aws.state.parameters[PAUSE_PARAMETER] = {
      value: '2026-11-30T02:10:00Z',
      lastModified: new Date('2026-11-30T01:50:00Z'),
    };
    await activity('Terminate Successful');
    expect(portal.events).toHaveLength(1);
  });
});

it.each(
  eventsFor({
    groupName: 'orders-production',
    cpuAlarm: 'orders-instance-cpu',
    memoryAlarm: 'orders-instance-memory',
  }).map(event => [
    `${event['detail-type']} ${String(
      event.detail['eventName'] ?? event.detail['alarmName'] ?? '',
    )}`,
    event,
  ]),
)('handles every event that the rules deliver: %s', async (_name, event) => {
  // Everything is open, so that each kind of event has something to repair or to report.
  aws.state.rules.push(openDatabase);
  Object.assign(aws.state.group, { minSize: 0, maxSize: 100 });
  aws.state.listeners[0]!.sslPolicy = 'ELBSecurityPolicy-2016-08';
  aws.state.database.publiclyAccessible = true;
  load('CPUUtilization', { 'i-1': 97, 'i-2': 35, 'i-3': 40 });
  load('mem_used_percent', { 'i-1': 97, 'i-2': 35, 'i-3': 40 });

  await handler(event);
  const isQuiet = event['detail-type'] === 'EC2 Instance Launch Successful';
  expect(portal.events.length > 0).toBe(!isQuiet);
});

describe('a report', () => {
  beforeEach(() => {
    aws.state.database.publiclyAccessible = true;
  });

  it('is sent again while the portal cannot accept it', async () => {
    portal.answers.push(503);
    await handler(scheduled);
    expect(portal.events).toHaveLength(1);
  });

  it('that the portal rejects fails neither the repair nor the message to the topic', async () => {
    portal.answers.push(401);
    await handler(scheduled);
    expect(aws.state.database.publiclyAccessible).toBe(false);
    expect(aws.published).toHaveLength(1);
    expect(logs.at(-1)).toContain('the portal did not get the report');
  });
});

it.each([
  [{}, 'has no id'],
  [{ id: '1', 'detail-type': 'Something' }, "'Something' are not handled"],
  [call('DeleteBucket'), "'DeleteBucket' are not handled"],
])('rejects an event that no rule should send: %j', async (event, message) => {
  await expect(handler(event)).rejects.toThrow(message);
});

it('restores any mix of missing, changed and added rules in one run', async () => {
  const rule = fc
    .tuple(
      fc.constantFrom('sg-balancer', 'sg-database'),
      fc.boolean(),
      fc.constantFrom('tcp', 'udp'),
      fc.constantFrom(22, 443, 5432, 8080),
      fc.constantFrom('0.0.0.0/0', '10.0.0.0/8'),
    )
    .map(([groupId, isEgress, protocol, port, cidrIpv4]) => ({
      id: `sgr-${groupId}-${isEgress}-${protocol}-${port}-${cidrIpv4}`,
      groupId,
      isEgress,
      protocol,
      fromPort: port,
      toPort: port,
      cidrIpv4,
    }));
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(rule, { maxLength: 5, selector: keyOf }),
      fc.subarray(asDeclared().rules),
      async (added, kept) => {
        // AWS refuses a second rule that is equal.
        const keptKeys = new Set(kept.map(keyOf));
        aws.state.rules = [
          ...kept,
          ...added.filter(more => !keptKeys.has(keyOf(more))),
        ];
        await handler(scheduled);
        expect(aws.state.rules.map(keyOf).sort()).toEqual(
          asDeclared().rules.map(keyOf).sort(),
        );
      },
    ),
    { numRuns: 20 },
  );
});

function keyOf({ id: _, ...rule }: StoredRule): string {
  return JSON.stringify(rule, Object.keys(rule).sort());
}

function load(metric: string, percents: Record<string, number>): void {
  for (const [id, percent] of Object.entries(percents)) {
    aws.state.metrics[`${metric} ${id}`] = [percent, percent, percent];
  }
}

function unhealthy(): string[] {
  return aws.state.group.instances
    .filter(({ health }) => health === 'Unhealthy')
    .map(({ id }) => id);
}

/** Calls that change something in AWS. */
function writes(): string[] {
  return aws.operations.filter(name =>
    /^(Authorize|Revoke|Modify|Update|Set)/.test(name),
  );
}
