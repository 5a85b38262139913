import type { WorkloadObjects } from '../../objects/types';
import type { Occurrence } from '../readOccurrences';

/** What the activities of a workload are read from. */
export interface ActivityContext {
  objects: WorkloadObjects;
  /** Events, ascending, each occurrence once. */
  occurrences: readonly Occurrence[];
  now: Date;
}
