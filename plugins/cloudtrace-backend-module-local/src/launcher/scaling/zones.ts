/** The facts about an instance that determine the choice of a zone. */
export interface ZonedInstance {
  instanceId: string;
  zone: string;
  launchedAtMs: number;
}

function countIn(zone: string, instances: ZonedInstance[]) {
  return instances.filter(instance => instance.zone === zone).length;
}

/** The running zone with the fewest instances; undefined if no zone is running. */
export function zoneForLaunch(
  runningZones: string[],
  instances: ZonedInstance[],
): string | undefined {
  return [...runningZones].sort(
    (a, b) =>
      countIn(a, instances) - countIn(b, instances) || a.localeCompare(b),
  )[0];
}

/**
 * The instance to terminate: the oldest one in the zone with the most
 * instances, like Auto Scaling's default.
 */
export function instanceToTerminate<T extends ZonedInstance>(
  instances: T[],
): T | undefined {
  return [...instances].sort(
    (a, b) =>
      countIn(b.zone, instances) - countIn(a.zone, instances) ||
      a.launchedAtMs - b.launchedAtMs ||
      a.instanceId.localeCompare(b.instanceId),
  )[0];
}

/**
 * Whether zones differ by two or more instances, so that a launch in the
 * emptier one and a termination in the fuller one would even them out.
 */
export function isUnbalanced(
  runningZones: string[],
  instances: ZonedInstance[],
): boolean {
  if (runningZones.length < 2) return false;
  const counts = runningZones.map(zone => countIn(zone, instances));
  return Math.max(...counts) - Math.min(...counts) >= 2;
}
