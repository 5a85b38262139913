/** An instance as the choice of a zone sees it. */
export interface ZonedInstance {
  instanceId: string;
  zone: string;
  launchedAtMs: number;
}

function countIn(zone: string, instances: ZonedInstance[]) {
  return instances.filter(instance => instance.zone === zone).length;
}

/** The running zone with the fewest instances; undefined where no zone runs. */
export function zoneForLaunch(
  runningZones: string[],
  instances: ZonedInstance[],
): string | undefined {
  return [...runningZones].sort(
    (a, b) =>
      countIn(a, instances) - countIn(b, instances) || a.localeCompare(b),
  )[0];
}

/** The instance to take away: the oldest one of the zone with the most instances, as Auto Scaling does by default. */
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

/** Whether zones differ by two or more instances, so that a launch in the emptier one and a termination in the fuller one would even them out. */
export function isUnbalanced(
  runningZones: string[],
  instances: ZonedInstance[],
): boolean {
  if (runningZones.length < 2) return false;
  const counts = runningZones.map(zone => countIn(zone, instances));
  return Math.max(...counts) - Math.min(...counts) >= 2;
}
