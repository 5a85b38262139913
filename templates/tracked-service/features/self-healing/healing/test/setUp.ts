import { afterEach, beforeEach, vi } from 'vitest';
import { createHealing } from '../src/createHealing.js';
import { AwsStandIn } from './AwsStandIn.js';
import {
  asDeclared,
  declaredRule,
  DECLARED_PARAMETER,
  PAUSE_PARAMETER,
  PROBLEMS_PARAMETER,
  storedRule,
} from './declaredState.js';
import { callOf } from './events.js';
import { Portal } from './Portal.js';

/* The function with a new AWS and a new portal for each test of the file that imports this one. */

export const now = new Date('2026-11-30T02:00:00Z');
export const openDatabase = storedRule(
  'sg-database',
  declaredRule(15432, { cidrIpv4: '0.0.0.0/0' }),
  false,
);

export let aws: AwsStandIn;
export let portal: Portal;
export let logs: string[];
export let handler: (event: unknown) => Promise<void>;

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
      problemsParameter: PROBLEMS_PARAMETER,
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

export const scheduled = { id: 'event-1', 'detail-type': 'Scheduled Event' };

/** A change of everything that a call can name. */
export const call = (eventName: string) => ({
  ...callOf('any', eventName, {
    groupId: 'sg-database',
    autoScalingGroupName: 'orders-production',
    listenerArn: 'arn:listener/https',
  }),
  id: 'event-2',
});

export const alarm = (alarmName: string, value = 'ALARM') => ({
  id: 'event-3',
  'detail-type': 'CloudWatch Alarm State Change',
  detail: { alarmName, state: { value } },
});

export function load(metric: string, percents: Record<string, number>): void {
  for (const [id, percent] of Object.entries(percents)) {
    aws.state.metrics[`${metric} ${id}`] = [percent, percent, percent];
  }
}

export function unhealthy(): string[] {
  return aws.state.group.instances
    .filter(({ health }) => health === 'Unhealthy')
    .map(({ id }) => id);
}

/** Calls that change something in AWS. */
export function writes(): string[] {
  return aws.operations.filter(name =>
    /^(Authorize|Revoke|Modify|Update|Set)/.test(name),
  );
}
