import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  activityOf,
  callOf,
  eventOf,
  eventsFor,
  type EventBridgeEvent,
} from '../../features/self-healing/healing/test/events';

/*
 * The tests of the function handle the same events; so no rule can deliver what the function does not know, and no event
 * that it knows is left out. The rules of Terraform are the same (parity.test.ts).
 */

type Pattern = { readonly [field: string]: Pattern | readonly string[] };

const { Resources } = JSON.parse(
  readFileSync(
    path.join(__dirname, 'snapshots/asg-everything-on.json'),
    'utf8',
  ),
);
const rules: { name: string; schedule?: string; pattern?: Pattern }[] =
  Object.values<any>(Resources)
    .filter(({ Type }) => Type === 'AWS::Events::Rule')
    .map(({ Properties }) => ({
      name: Properties.Name,
      schedule: Properties.ScheduleExpression,
      pattern: Properties.EventPattern,
    }));

/** How EventBridge matches a pattern of exact values; the rules use nothing else. */
function matches(pattern: Pattern, event: unknown): boolean {
  return Object.entries(pattern).every(([field, wanted]) => {
    const value = (event as Record<string, unknown> | undefined)?.[field];
    return Array.isArray(wanted)
      ? wanted.includes(value)
      : matches(wanted as Pattern, value);
  });
}

const matching = (event: EventBridgeEvent) =>
  rules
    .filter(({ pattern }) => pattern && matches(pattern, event))
    .map(({ name }) => name);

const names = {
  groupName: 'orders-production',
  cpuAlarm: 'orders-production-instance-cpu',
  memoryAlarm: 'orders-production-instance-memory',
};
const events = eventsFor(names);
const ofRules = events.filter(event => event.source !== 'aws.events');

describe('the rules of self-healing', () => {
  it('are a schedule and patterns', () => {
    expect(rules.length).toBeGreaterThan(4);
    expect(rules.filter(({ schedule }) => schedule)).toHaveLength(1);
    expect(events.length - ofRules.length).toBe(1);
  });

  it.each(
    ofRules.map(event => [
      `${event['detail-type']} ${event.detail.eventName ?? ''}`,
      event,
    ]),
  )('deliver once: %s', (_name, event) => {
    expect(matching(event as EventBridgeEvent)).toHaveLength(1);
  });

  it('contain no value that no event has', () => {
    const text = JSON.stringify(ofRules);
    const values = (pattern: Pattern | readonly string[]): string[] =>
      Array.isArray(pattern)
        ? pattern
        : Object.values(pattern as Pattern).flatMap(values);
    for (const value of rules.flatMap(rule => values(rule.pattern ?? {}))) {
      expect(text).toContain(JSON.stringify(value));
    }
  });

  it.each<[string, EventBridgeEvent]>([
    [
      'an activity of another group',
      activityOf('EC2 Instance Launch Successful', 'orders-staging'),
    ],
    [
      'an alarm that recovered',
      eventOf('aws.cloudwatch', 'CloudWatch Alarm State Change', {
        alarmName: names.cpuAlarm,
        state: { value: 'OK' },
      }),
    ],
    ['a call that changes nothing declared', callOf('ec2', 'RunInstances', {})],
    [
      'a call with a known name of another service',
      callOf('example', 'ModifyListener', {}),
    ],
  ])('do not deliver %s', (_name, event) => {
    expect(matching(event)).toEqual([]);
  });
});
