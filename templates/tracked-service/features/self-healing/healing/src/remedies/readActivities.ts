import {
  paginateDescribeScalingActivities,
  type Activity,
  type AutoScalingClient,
} from '@aws-sdk/client-auto-scaling';
import { isForHealth } from '../describeActivity.js';

const WINDOW_MS = 60 * 60_000;
const LAUNCH = /^Launching a new EC2 instance: (i-\w+)/;
const TERMINATION = /^Terminating EC2 instance/;

/** What Auto Scaling did in a group within the last hour. */
export interface RecentActivities {
  /** Instances that ended because they were unhealthy, whoever found that: Auto Scaling, this function or a person. */
  readonly replacements: number;
  /** When instances were launched, by their id. */
  readonly launchedAt: ReadonlyMap<string, Date>;
}

/** Reads the activities of the last hour. */
export async function readActivities(options: {
  autoScaling: AutoScalingClient;
  groupName: string;
  now: Date;
}): Promise<RecentActivities> {
  const since = new Date(options.now.getTime() - WINDOW_MS);
  const pages = paginateDescribeScalingActivities(
    { client: options.autoScaling },
    { AutoScalingGroupName: options.groupName },
  );
  const recent: Activity[] = [];
  for await (const { Activities = [] } of pages) {
    recent.push(...Activities.filter(activity => isSince(activity, since)));
    // The newest come first, after those in progress; AWS keeps six weeks of them.
    const last = Activities.at(-1);
    if (last && !isSince(last, since)) break;
  }
  return {
    replacements: recent.filter(
      ({ Description = '', Cause = '' }) =>
        TERMINATION.test(Description) && isForHealth(Cause),
    ).length,
    launchedAt: new Map(recent.flatMap(launchOf)),
  };
}

function isSince({ StartTime }: Activity, since: Date): boolean {
  return StartTime !== undefined && StartTime >= since;
}

function launchOf({ Description = '', StartTime }: Activity) {
  const id = LAUNCH.exec(Description)?.[1];
  return id && StartTime ? [[id, StartTime] as const] : [];
}
