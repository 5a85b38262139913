import type { WatchedObject, WorkloadObjects } from '../../objects/types';
import {
  annotationOf,
  countAt,
  labelOf,
  listAt,
  nameOf,
  shortenText,
  textAt,
} from '../fields';
import { workloadKindOf } from '../scaling/workloadKind';

const DEPLOYMENT_REVISION = 'deployment.kubernetes.io/revision';
const ROLLOUT_REVISION = 'rollout.argoproj.io/revision';
/** Numbers that a ReplicaSet had before an undo used it again, e.g. `1,3`. */
const HISTORIES = [
  'deployment.kubernetes.io/revision-history',
  'rollout.argoproj.io/revision-history',
];

/** The ReplicaSet or ControllerRevision that a workload rolls out or has rolled out. */
export function currentRevision({
  workload,
  revisions,
}: WorkloadObjects): WatchedObject | undefined {
  switch (workloadKindOf(workload)) {
    case 'Deployment': {
      const number = annotationOf(workload, DEPLOYMENT_REVISION);
      return number === undefined
        ? undefined
        : revisions.find(
            each => annotationOf(each, DEPLOYMENT_REVISION) === number,
          );
    }
    case 'Rollout': {
      const hash = textAt(workload, 'status', 'currentPodHash');
      return revisions.find(
        each =>
          hash !== undefined &&
          labelOf(each, 'rollouts-pod-template-hash') === hash,
      );
    }
    case 'StatefulSet': {
      const name = textAt(workload, 'status', 'updateRevision');
      return revisions.find(each => name && nameOf(each) === name);
    }
    default:
      return newest(revisions);
  }
}

/** DaemonSets do not name their revision: it is the one with the highest number. */
function newest(
  revisions: readonly WatchedObject[],
): WatchedObject | undefined {
  const numbered = revisions.filter(
    each => countAt(each, 'revision') !== undefined,
  );
  return [...numbered]
    .sort((a, b) => countAt(a, 'revision')! - countAt(b, 'revision')!)
    .at(-1);
}

/** The number of a revision, as `kubectl rollout history` shows it. */
export function revisionNumber(revision: WatchedObject): string | undefined {
  return (
    annotationOf(revision, DEPLOYMENT_REVISION) ??
    annotationOf(revision, ROLLOUT_REVISION) ??
    countAt(revision, 'revision')?.toString()
  );
}

/** The numbers that a revision had before an undo used it again. */
export function earlierNumbers(revision: WatchedObject | undefined): string[] {
  return HISTORIES.flatMap(
    name => annotationOf(revision, name)?.split(',') ?? [],
  )
    .map(number => number.trim())
    .filter(Boolean);
}

/** The images of a pod template without their registries, as deploys are known. */
export function imagesOf(...owners: unknown[]): string {
  const images = owners
    .map(owner => listAt(owner, 'spec', 'template', 'spec', 'containers'))
    .find(containers => containers.length > 0)
    ?.flatMap(container => textAt(container, 'image') ?? []);
  const names = (images ?? []).map(image => image.split('/').at(-1)!);
  return shortenText(names.join(', '));
}
