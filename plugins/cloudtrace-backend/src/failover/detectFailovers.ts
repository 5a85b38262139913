import { assignReplacements } from './assignReplacements';
import { classifyFailures } from './classifyFailures';
import { findDatabaseFailovers } from './findDatabaseFailovers';
import { findTargetFailures } from './findTargetFailures';
import { groupHistories } from './groupHistories';
import { joinCrashLoops } from './joinCrashLoops';
import { membershipsOf } from './memberships';
import { mergeClusters } from './mergeClusters';
import { toEpisode } from './toEpisode';
import type { DetectionInput, Episode } from './types';

/**
 * Detects failovers in the stored history. Pure: the same history always gives
 * the same episodes, whatever its order, sorted by detection time.
 */
export function detectFailovers(input: DetectionInput): Episode[] {
  const histories = groupHistories(input.targets);
  const memberships = membershipsOf(histories, input.until.getTime());
  const single = histories.flatMap(history => {
    const behind = { ...input, ...input.own?.get(history.resourceId) };
    return classifyFailures(
      history,
      findTargetFailures(history, behind),
      behind,
    );
  });
  const clusters = mergeClusters(joinCrashLoops(mergeClusters(single)));
  const replacements = assignReplacements(
    clusters,
    input.activities,
    input.until.getTime(),
  );
  const episodes = [
    ...clusters.map(cluster =>
      toEpisode(cluster, {
        input,
        memberships,
        replacements: replacements.get(cluster) ?? [],
      }),
    ),
    ...findDatabaseFailovers(input),
  ];
  return episodes.sort(
    (a, b) =>
      a.detectedAt - b.detectedAt ||
      (`${a.subject.kind} ${a.subject.key}` <
      `${b.subject.kind} ${b.subject.key}`
        ? -1
        : 1),
  );
}
