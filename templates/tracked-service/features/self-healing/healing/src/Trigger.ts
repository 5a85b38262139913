import type { GuardedKind } from './repairs/types.js';

/** Why the function runs, read from an event of EventBridge. */
export interface Trigger {
  /** Id of the event, the same when Lambda retries it. */
  readonly id: string;
  /** Kinds to compare with the declared state. */
  readonly kinds: readonly GuardedKind[];
  /** Names of the alarms to handle; `undefined` is all that are in the state ALARM. */
  readonly alarms: readonly string[] | undefined;
  /** Who changed something, for reports. */
  readonly actor: string;
}

const ALL_KINDS: readonly GuardedKind[] = [
  'security-groups',
  'group',
  'listeners',
  'database',
];

/** What a call recorded by CloudTrail can have changed. */
const kindsOfCalls: Readonly<Record<string, GuardedKind>> = {
  AuthorizeSecurityGroupIngress: 'security-groups',
  AuthorizeSecurityGroupEgress: 'security-groups',
  RevokeSecurityGroupIngress: 'security-groups',
  RevokeSecurityGroupEgress: 'security-groups',
  ModifySecurityGroupRules: 'security-groups',
  UpdateAutoScalingGroup: 'group',
  ModifyListener: 'listeners',
  ModifyDBInstance: 'database',
};

/** The calls for which the event rule must invoke the function. */
export const watchedCalls = Object.keys(kindsOfCalls);

/**
 * Reads an event of EventBridge: the schedule, a call recorded by CloudTrail, or an alarm that changed its state.
 *
 * @throws Error for any other event, which only a wrong rule can send.
 */
export function readTrigger(event: unknown): Trigger {
  const { id, detail, ...rest } = event as {
    id?: string;
    'detail-type'?: string;
    detail?: Detail;
  };
  const type = rest['detail-type'];
  if (!id) throw new Error('The event has no id');
  switch (type) {
    case 'Scheduled Event':
      return {
        id,
        kinds: ALL_KINDS,
        alarms: undefined,
        actor: 'unknown (found by the regular check)',
      };
    case 'AWS API Call via CloudTrail':
      return ofCall(id, detail);
    case 'CloudWatch Alarm State Change':
      return {
        id,
        kinds: [],
        alarms:
          detail?.state?.value === 'ALARM' && detail.alarmName
            ? [detail.alarmName]
            : [],
        actor: `alarm ${detail?.alarmName ?? 'without a name'}`,
      };
    default:
      throw new Error(`Events of the type '${type ?? 'none'}' are not handled`);
  }
}

interface Detail {
  readonly eventName?: string;
  readonly sourceIPAddress?: string;
  readonly userIdentity?: {
    readonly arn?: string;
    readonly invokedBy?: string;
  };
  readonly alarmName?: string;
  readonly state?: { readonly value?: string };
}

function ofCall(id: string, detail: Detail | undefined): Trigger {
  const name = detail?.eventName ?? '';
  const kind = kindsOfCalls[name];
  if (!kind) throw new Error(`Calls of '${name}' are not handled`);
  const { arn, invokedBy } = detail?.userIdentity ?? {};
  const who = arn ?? invokedBy ?? 'unknown';
  return {
    id,
    kinds: [kind],
    alarms: [],
    actor: `${who} (${name} from ${
      detail?.sourceIPAddress ?? 'an unknown address'
    })`,
  };
}
