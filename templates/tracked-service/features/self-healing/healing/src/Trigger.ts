import { describeActivity, type Activity } from './describeActivity.js';
import type { GuardedKind } from './repairs/types.js';
import { wasNamedIn } from './wasNamedIn.js';
import { kindsOfCalls, watchedActivities } from './watched.js';

/** Why the function runs, read from an event of EventBridge. */
export interface Trigger {
  /** Id of the event, the same when Lambda retries it. */
  readonly id: string;
  /** Kinds to compare with the declared state. */
  readonly kinds: readonly GuardedKind[];
  /** Names of the alarms to handle; `undefined` is all that are in the state ALARM. */
  readonly alarms: readonly string[] | undefined;
  /** What Auto Scaling did for the health of the group. */
  readonly activity?: Activity;
  /** Who changed a resource, for reports. */
  actorFor(resource: string): string;
}

const ALL_KINDS: readonly GuardedKind[] = [
  'security-groups',
  'group',
  'listeners',
  'database',
];

/**
 * Reads an event of EventBridge: the schedule, a call recorded by CloudTrail, an alarm that changed its state, or an
 * activity of Auto Scaling.
 *
 * @param functionName - whose own calls are ignored: a repair that changes nothing must not start the next one
 * @throws Error for any other event, which only a wrong rule can send.
 */
export function readTrigger(event: unknown, functionName: string): Trigger {
  const {
    id,
    detail = {},
    ...rest
  } = event as {
    id?: string;
    'detail-type'?: string;
    detail?: Detail;
  };
  const type = rest['detail-type'];
  if (!id) throw new Error('The event has no id');
  if (type && watchedActivities.includes(type)) {
    return ofActivity(id, type, detail);
  }
  switch (type) {
    case 'Scheduled Event':
      return {
        id,
        kinds: ALL_KINDS,
        alarms: undefined,
        actorFor: () => 'unknown (found by the regular check)',
      };
    case 'AWS API Call via CloudTrail':
      return ofCall(id, detail, functionName);
    case 'CloudWatch Alarm State Change':
      return ofAlarm(id, detail);
    default:
      throw new Error(`Events of the type '${type ?? 'none'}' are not handled`);
  }
}

interface Detail {
  readonly eventName?: string;
  readonly sourceIPAddress?: string;
  readonly requestParameters?: unknown;
  readonly userIdentity?: {
    readonly arn?: string;
    readonly invokedBy?: string;
  };
  readonly alarmName?: string;
  readonly state?: { readonly value?: string };
  readonly Cause?: string;
  readonly StatusMessage?: string;
  readonly EC2InstanceId?: string;
  readonly StartTime?: string;
  readonly EndTime?: string;
}

function ofAlarm(id: string, { state, alarmName }: Detail): Trigger {
  return {
    id,
    kinds: [],
    alarms: state?.value === 'ALARM' && alarmName ? [alarmName] : [],
    actorFor: () => `alarm ${alarmName ?? 'without a name'}`,
  };
}

function ofActivity(id: string, type: string, detail: Detail): Trigger {
  const activity = describeActivity({
    type,
    cause: detail.Cause,
    statusMessage: detail.StatusMessage,
    instanceId: detail.EC2InstanceId,
    startTime: detail.StartTime,
    endTime: detail.EndTime,
  });
  return {
    id,
    kinds: [],
    // An alarm that had to wait for a starting or stopping instance may be handled now.
    alarms: undefined,
    ...(activity && { activity }),
    actorFor: () => 'Auto Scaling',
  };
}

function ofCall(id: string, detail: Detail, functionName: string): Trigger {
  const name = detail.eventName ?? '';
  const kind = (kindsOfCalls as Readonly<Record<string, GuardedKind>>)[name];
  if (!kind) throw new Error(`Calls of '${name}' are not handled`);
  const { arn, invokedBy } = detail.userIdentity ?? {};
  const who = `${arn ?? invokedBy ?? 'unknown'} (${name} from ${
    detail.sourceIPAddress ?? 'an unknown address'
  })`;
  return {
    id,
    // The session of a function's role has the name of the function.
    kinds: arn?.split('/').at(-1) === functionName ? [] : [kind],
    alarms: [],
    actorFor: resource =>
      wasNamedIn(detail.requestParameters, resource)
        ? who
        : `unknown (found after ${name} of something else)`,
  };
}
