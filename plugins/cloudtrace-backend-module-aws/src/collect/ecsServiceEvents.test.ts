import { serviceEventActivities } from './ecsServiceEvents';

const TASK = '(task 0123456789abcdef0123456789abcdef)';

describe('serviceEventActivities', () => {
  it.each([
    [
      '(service orders) (deployment ecs-svc/123) deployment failed: tasks failed to start.',
      'rollout',
      'failed',
    ],
    [
      '(service orders) rolling back to deployment ecs-svc/122.',
      'rollout',
      'successful',
    ],
    [
      '(service orders) has stopped 2 pending tasks.',
      'terminate',
      'successful',
    ],
    [
      `(service orders) has stopped 1 running tasks: ${TASK}.`,
      'terminate',
      'successful',
    ],
    [`(service orders) has started 1 tasks: ${TASK}.`, 'launch', 'successful'],
    [
      '(service orders) failed to launch a task with (error ECS was unable to assume the role).',
      'launch',
      'failed',
    ],
    [
      '(service orders) was unable to place a task. Reason: Capacity is unavailable at this time.',
      'launch',
      'failed',
    ],
    [
      '(service orders) is unable to consistently start tasks successfully.',
      'launch',
      'failed',
    ],
    [
      `(service orders) ${TASK} failed container health checks.`,
      'other',
      'successful',
    ],
  ])('keeps "%s"', (message, kind, status) => {
    const event = { id: 'e', createdAt: new Date('2026-11-20'), message };
    expect(serviceEventActivities([event])).toMatchObject([
      { kind, status, description: message },
    ]);
  });

  it.each([
    '(service orders) has reached a steady state.',
    '(service orders) (deployment ecs-svc/123) deployment completed.',
    '(service orders) has begun draining connections on 1 tasks.',
    '(service orders) registered 1 targets in (target-group x)',
  ])('skips "%s"', message => {
    const event = { id: 'e', createdAt: new Date('2026-11-20'), message };
    expect(serviceEventActivities([event])).toEqual([]);
  });
});
