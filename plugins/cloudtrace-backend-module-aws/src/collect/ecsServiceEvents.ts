import type { ServiceEvent } from '@aws-sdk/client-ecs';
import type { ScalingActivity } from '@cloudtrace/plugin-cloudtrace-common';

const TASK_IDS = /\(task ([0-9a-f-]{32,36})\)/g;

type Rule = [RegExp, Pick<ScalingActivity, 'kind' | 'status' | 'causeKind'>];

/*
 * Events that report a change of capacity or a failed one. The others, such as
 * "has reached a steady state", repeat every few hours and add nothing.
 */
const RULES: Rule[] = [
  [
    /deployment failed/i,
    { kind: 'rollout', status: 'failed', causeKind: 'unknown' },
  ],
  [
    /rolling back to/i,
    { kind: 'rollout', status: 'successful', causeKind: 'unknown' },
  ],
  [
    /unable to (?:place a task|start|consistently start)|was unable to|failed to (?:start|launch)/i,
    { kind: 'launch', status: 'failed', causeKind: 'unknown' },
  ],
  [
    /is unhealthy in|failed (?:container|ELB|Elastic Load Balancing)? ?health check/i,
    { kind: 'other', status: 'successful', causeKind: 'health-replacement' },
  ],
  [
    /has started \d+ tasks?/i,
    { kind: 'launch', status: 'successful', causeKind: 'unknown' },
  ],
  [
    /has stopped \d+ (?:running|pending) tasks?/i,
    { kind: 'terminate', status: 'successful', causeKind: 'unknown' },
  ],
];

/** Maps the events of an ECS service that concern capacity. */
export function serviceEventActivities(
  events: ServiceEvent[],
): ScalingActivity[] {
  return events.flatMap(({ id, createdAt, message }) => {
    const rule = RULES.find(([pattern]) => pattern.test(message ?? ''));
    if (!id || !createdAt || !rule) return [];
    const at = createdAt.toISOString();
    const failed = rule[1].status === 'failed';
    return [
      {
        ...rule[1],
        activityId: id,
        startedAt: at,
        endedAt: at,
        description: message,
        ...(failed && { message }),
        instanceIds: [...(message ?? '').matchAll(TASK_IDS)].map(m => m[1]),
      },
    ];
  });
}
