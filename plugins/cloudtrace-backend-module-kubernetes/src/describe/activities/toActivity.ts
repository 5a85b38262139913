import {
  wordTexts,
  type CodedMessage,
  type ScalingActivity,
} from '@cloudtrace/plugin-cloudtrace-common';
import { untilNow } from '../clock';
import { shortenText } from '../fields';

/** An activity before its texts are worded and its times are checked. */
interface ActivityFacts
  extends Pick<
    ScalingActivity,
    | 'kind'
    | 'status'
    | 'causeKind'
    | 'vendorStatus'
    | 'policyName'
    | 'fromCapacity'
    | 'toCapacity'
    | 'threshold'
    | 'unit'
    | 'instanceIds'
  > {
  activityId: string;
  at: Date;
  /** When it ended; absent while ongoing or if unknown. */
  endedAt?: Date;
  cause: CodedMessage;
  description?: string;
  /** Error text of a failed activity. */
  message?: string;
}

/** Builds an activity whose times are not in the future and not reversed. */
export function toActivity(facts: ActivityFacts, now: Date): ScalingActivity {
  const { at, endedAt, cause, description, message, ...rest } = facts;
  const start = untilNow(at, now);
  const end = endedAt && untilNow(endedAt, now);
  return {
    ...rest,
    startedAt: start.toISOString(),
    endedAt: end && (end > start ? end : start).toISOString(),
    ...wordTexts({ cause }),
    description: description && shortenText(description),
    message: message && shortenText(message),
  };
}
