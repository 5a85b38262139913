/** A step of Auto Scaling that concerns the health of the group, for a report. */
export interface Activity {
  readonly status: 'succeeded' | 'failed';
  readonly action: string;
  readonly reason: string;
  readonly instanceId?: string;
  readonly startedAt: Date | undefined;
  readonly endedAt: Date | undefined;
}

/** How Auto Scaling names the causes that have to do with health, such as "an ELB system health check failure". */
const HEALTH = /health.?check|unhealthy/i;

/** Whether the cause of an activity is the health of an instance, and not scaling or a deployment. */
export function isForHealth(cause: string): boolean {
  return HEALTH.test(cause);
}

/**
 * What to report about an activity; `undefined` for one that scaling or a deployment wanted and that succeeded: the
 * topic and the portal get those from Auto Scaling itself.
 */
export function describeActivity(event: {
  /** Such as `EC2 Instance Terminate Successful`. */
  type: string;
  cause: string | undefined;
  statusMessage: string | undefined;
  instanceId: string | undefined;
  startTime: string | undefined;
  endTime: string | undefined;
}): Activity | undefined {
  const { type, cause = 'No cause given', statusMessage, instanceId } = event;
  const failed = type.endsWith('Unsuccessful');
  const ends = type.includes('Terminate');
  if (!failed && !(ends && isForHealth(cause))) return undefined;
  const instance = instanceId ? `instance ${instanceId}` : 'an instance';
  return {
    status: failed ? 'failed' : 'succeeded',
    action: ends ? `replace ${instance}` : `launch ${instance}`,
    reason: withoutFullStop([statusMessage, cause].filter(Boolean).join(' ')),
    ...(instanceId && { instanceId }),
    startedAt: dateOf(event.startTime),
    endedAt: dateOf(event.endTime),
  };
}

function withoutFullStop(text: string): string {
  return text.replace(/\.\s*$/, '');
}

function dateOf(text: string | undefined): Date | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : new Date(time);
}
