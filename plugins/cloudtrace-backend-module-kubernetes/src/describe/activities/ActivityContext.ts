import type { WorkloadObjects } from '../../objects/types';
import type { Occurrence } from '../readOccurrences';
import type { Removal } from './readForcedRemovals';
import type { ReplicaChange } from './parseReplicaChanges';
import type { Rescale } from './parseRescales';

/** What the activities of a workload are read from. */
export interface ActivityContext {
  objects: WorkloadObjects;
  /** Events, ascending, each occurrence once. */
  occurrences: readonly Occurrence[];
  /** Changes of ReplicaSets that the events report. */
  replicaChanges: readonly ReplicaChange[];
  /** Changes of size by an autoscaler that the events report. */
  rescales: readonly Rescale[];
  /** Pods that the cluster took away. */
  forcedRemovals: readonly Removal[];
  now: Date;
}
