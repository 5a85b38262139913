import { beforeEach, describe, expect, it } from 'vitest';
import { PROBLEMS_PARAMETER } from './declaredState.js';
import { callOf, eventsFor } from './events.js';
import { aws, call, handler, load, logs, openDatabase, portal, scheduled } from './setUp.js';

describe('a resource that no longer exists', () => {
  it.each([
    [
      'a listener',
      () => aws.state.listeners.pop(),
      'restore the listener on port 80',
    ],
    [
      'the group',
      () => (aws.state.group.name = 'other'),
      'set the bounds of orders-production to 2 to 6 instances',
    ],
    [
      'the database',
      () => aws.failing.set('DescribeDBInstances', 'DBInstanceNotFound'),
      'set public access of the database orders-production to private',
    ],
  ])(
    'is reported once, and needs no retry: %s',
    async (_name, remove, action) => {
      remove();
      aws.state.rules.push(openDatabase);
      await handler(scheduled);
      await handler({ ...scheduled, id: 'event-9' });

      expect(aws.state.rules).not.toContain(openDatabase);
      expect(portal.events.at(-1)).toMatchObject({
        status: 'failed',
        action,
        reason: 'Only a deployment creates it again',
      });
      expect(portal.events).toHaveLength(2);
      expect(aws.published).toHaveLength(2);
      expect(logs.at(-1)).toContain(`was reported before: could not ${action}`);
    },
  );

  it('is reported again if it was created and deleted again', async () => {
    const [deleted] = aws.state.listeners.splice(1);
    await handler(scheduled);
    aws.state.listeners.push(deleted!);
    await handler(scheduled);
    expect(aws.state.parameters).not.toHaveProperty([PROBLEMS_PARAMETER]);
    aws.state.listeners.pop();
    await handler(scheduled);
    expect(portal.events).toHaveLength(2);
  });

  it('is reported again rather than never if the last reports cannot be read', async () => {
    aws.state.listeners.pop();
    aws.failing.set('PutParameter', 'AccessDeniedException');
    await handler(scheduled);
    await handler(scheduled);
    expect(portal.events).toHaveLength(2);
    expect(logs.at(-1)).toContain('the open problems were not stored');
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

  it('is reported once, and again when it succeeds', async () => {
    await expect(handler(scheduled)).rejects.toThrow();
    await expect(handler(scheduled)).rejects.toThrow();
    expect(aws.published).toHaveLength(1);
    aws.failing.clear();
    await handler(scheduled);
    expect(aws.published.map(({ subject }) => subject.split(':')[0])).toEqual([
      'Could not heal',
      'Healed',
    ]);
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

