import type { ScalingCauseKind } from '@cloudtrace/plugin-cloudtrace-common';
import { scalingCauseForms } from './scalingCauses';

/** The content of an Auto Scaling cause text. */
export interface ScalingCause {
  causeKind: ScalingCauseKind;
  policyName?: string;
  alarmName?: string;
  fromCapacity?: number;
  toCapacity?: number;
}

/** Twice AWS's own limit; the patterns below must not run on endless texts. */
const MAX_LENGTH = 2048;

const DESIRED =
  /(?:changing the desired capacity|[Ss]etting desired capacity|the desired capacity) from (\d+) to (\d+)/g;
const ACTUAL =
  /(?:increasing|shrinking|decreasing) the capacity from (\d+) to (\d+)/g;
/**
 * Reads the cause text of a scaling activity of EC2 or Application Auto
 * Scaling. A text in an unknown form yields only `unknown`.
 */
export function parseScalingCause(cause: string | undefined): ScalingCause {
  if (!cause) return { causeKind: 'unknown' };
  const text = cause.slice(0, MAX_LENGTH);
  const [form] = scalingCauseForms.flatMap(({ causeKind, pattern }) => {
    const match = pattern.exec(text);
    return match ? [{ causeKind, names: match.groups ?? {} }] : [];
  });
  const result: ScalingCause = { causeKind: form?.causeKind ?? 'unknown' };
  const { alarm, policy } = form?.names ?? {};
  if (alarm) result.alarmName = alarm;
  if (policy) result.policyName = policy;
  const changes = [...text.matchAll(DESIRED)];
  const capacity = changes.length > 0 ? changes : [...text.matchAll(ACTUAL)];
  if (capacity.length > 0) {
    result.fromCapacity = Number(capacity[0][1]);
    result.toCapacity = Number(capacity[capacity.length - 1][2]);
  }
  return result;
}
