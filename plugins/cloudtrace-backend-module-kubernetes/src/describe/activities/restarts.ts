import {
  describePodFacts,
  type ScalingActivity,
} from '@cloudtrace/plugin-cloudtrace-common';
import { nameOf, shortenName, textAt } from '../fields';
import { containersOf, wordRestart } from '../pod/containers';
import type { ActivityContext } from './ActivityContext';
import { toActivity } from './toActivity';

/**
 * The last restart of each container. A container may be back before anyone
 * notices that it was gone, so its end is an activity of its own.
 */
export function describeRestarts({
  objects,
  now,
}: ActivityContext): ScalingActivity[] {
  return objects.pods.flatMap(pod => {
    const name = nameOf(pod);
    if (!name) return [];
    const uid = textAt(pod, 'metadata', 'uid') ?? name;
    return containersOf(pod).flatMap(container => {
      const end = container.endedBefore;
      if (!end?.at || container.isInit) return [];
      return [
        toActivity(
          {
            activityId: shortenName(
              `restart/${uid}/${container.name}/${end.at.toISOString()}`,
            ),
            kind: 'restart',
            status: 'successful',
            causeKind: 'health-replacement',
            cause: {
              code: 'container-restarted',
              values: {
                container: container.name,
                reason: describePodFacts(wordRestart(container, end)),
              },
            },
            at: end.at,
            endedAt: end.at,
            instanceIds: [name],
          },
          now,
        ),
      ];
    });
  });
}
