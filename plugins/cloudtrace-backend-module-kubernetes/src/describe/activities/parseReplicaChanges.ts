import type { Occurrence } from '../readOccurrences';

/** A change of the size of a ReplicaSet by its Deployment or Rollout. */
export interface ReplicaChange {
  occurrence: Occurrence;
  /** Name of the ReplicaSet. */
  revision: string;
  from?: number;
  to: number;
}

/**
 * `Scaled up replica set web-5d8 from 2 to 3`
 * (pkg/controller/deployment/sync.go); earlier versions write `to 3 from 2`, or
 * leave out the old size. Argo writes `Scaled up ReplicaSet web-5d8 (revision 3)
 * from 2 to 3` (argo-rollouts 1.10, utils/conditions/conditions.go).
 */
const SCALED =
  /^Scaled (?:up|down) (?:replica set|ReplicaSet) (\S{1,253})(?: \(revision \d{1,9}\))?(?: from (\d{1,9}))? to (\d{1,9})(?: from (\d{1,9}))?$/;
const KINDS: ReadonlySet<string> = new Set(['Deployment', 'Rollout']);

/** The events of an autoscaler and of the Deployment about one change are this close. */
const SAME_CHANGE_MS = 60_000;

/** All changes of ReplicaSets that the events report, ascending. */
export function parseReplicaChanges(
  occurrences: readonly Occurrence[],
): ReplicaChange[] {
  return occurrences
    .filter(
      ({ kind, reason }) => reason === 'ScalingReplicaSet' && KINDS.has(kind),
    )
    .flatMap(occurrence => parse(occurrence) ?? []);
}

function parse(occurrence: Occurrence): ReplicaChange | undefined {
  const match = SCALED.exec(occurrence.message);
  if (!match) return undefined;
  const [, revision, first, to, last] = match;
  const from = first ?? last;
  return {
    occurrence,
    revision,
    from: from === undefined ? undefined : Number(from),
    to: Number(to),
  };
}

/**
 * Whether an autoscaler may have made a change at a time that its repeated event
 * no longer tells: only the first and the last one are known.
 */
export function mayBeRepeated(
  { to, occurrence: { at } }: ReplicaChange,
  rescale: { to: number; occurrence: Pick<Occurrence, 'repeatedIn'> },
): boolean {
  const { repeatedIn } = rescale.occurrence;
  return (
    to === rescale.to &&
    repeatedIn !== undefined &&
    at >= repeatedIn.from &&
    at <= repeatedIn.to
  );
}

/** Whether a change of a ReplicaSet and one by an autoscaler are the same. */
export function isSameChange(
  change: ReplicaChange,
  rescale: { at: Date; to: number },
): boolean {
  return (
    change.to === rescale.to &&
    Math.abs(change.occurrence.at.getTime() - rescale.at.getTime()) <=
      SAME_CHANGE_MS
  );
}
