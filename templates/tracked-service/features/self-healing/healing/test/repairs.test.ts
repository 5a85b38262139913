import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeclaredRule } from '../src/declared/DeclaredState.js';
import type { StoredRule } from './AwsStandIn.js';
import { asDeclared, declared, declaredRule, DECLARED_PARAMETER, PAUSE_PARAMETER } from './declaredState.js';
import { aws, call, handler, logs, now, openDatabase, portal, scheduled, writes } from './setUp.js';

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

it.each<[string, Partial<DeclaredRule>, Partial<StoredRule>]>([
  ['an IPv6 range', { cidrIpv6: '::/0' }, { cidrIpv6: '::/0' }],
  ['a prefix list', { prefixListId: 'pl-1' }, { prefixListId: 'pl-1' }],
  ['a group', { groupId: 'sg-2' }, { groupRef: 'sg-2' }],
])(
  'keeps and restores a declared rule for %s and every protocol',
  async (_name, peer, stored) => {
    declare({ ingress: [{ protocol: '-1', ...peer }] });
    aws.state.rules = [];
    await handler(scheduled);
    expect(aws.state.rules).toEqual([
      expect.objectContaining({ groupId: 'sg-new', protocol: '-1', ...stored }),
    ]);
    await handler(scheduled);
    expect(writes()).toEqual(['AuthorizeSecurityGroupIngress']);
  },
);

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

function declare({ ingress }: { ingress: DeclaredRule[] }): void {
  aws.state.parameters[DECLARED_PARAMETER]!.value = JSON.stringify({
    ...declared,
    securityGroups: [{ id: 'sg-new', ingress, egress: [] }],
  });
}

function keyOf({ id: _, ...rule }: StoredRule): string {
  return JSON.stringify(rule, Object.keys(rule).sort());
}

