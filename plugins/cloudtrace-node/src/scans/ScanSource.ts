import type { SchedulerServiceTaskScheduleDefinition } from '@backstage/backend-plugin-api';
import type { FleetScopeWithEntity } from '../fleet';

/** What a source read of one of its targets for an entity. @public */
export interface PulledScan {
  entityRef: string;
  /** Id at the source, such as that of a project or region. The next pull of it replaces this one. */
  target: string;
  /** Id of the importer that reads the document, such as `asff`. */
  format: string;
  category: string;
  /** All that the target has for the entity, as the importer expects it, or the JSON of it as bytes. */
  document: object;
  /** Why the source did not check everything. The findings count, but the scan closes none. */
  incomplete?: string;
}

/** A target that could not be read for an entity; what is stored stays. @public */
export interface FailedScanPull {
  entityRef: string;
  target: string;
  /** What is wrong and what to do, for everybody who may read the entity. */
  error: string;
}

/** How a source hands over what it reads. @public */
export interface ScanPullOptions {
  /** Aborted when the time of the pull is over or the backend stops. */
  signal: AbortSignal;
  /** Stores a scan; resolves when the next one can be handed over. Never rejects. */
  onScan(scan: PulledScan): Promise<void>;
  /** Reports a failure. Never rejects. */
  onFailure(failure: FailedScanPull): Promise<void>;
}

/** Answer of {@link ScanSource.pull}. @public */
export interface ScanPullResult {
  /**
   * Targets of which nobody knows to which entities they are linked now. What
   * was pulled from them stays. What was pulled from other targets that the
   * pull did not name for the entity is closed: the link is gone.
   */
  unread: Array<Omit<FailedScanPull, 'entityRef'>>;
}

/**
 * A service that CloudTrace asks for scan results on a schedule.
 *
 * @remarks
 * The source decides which of its targets belong to which entity. A thrown
 * error leaves all as it is.
 *
 * @public
 */
export interface ScanSource {
  /** Stable, lower case, e.g. `aws-findings`. */
  readonly id: string;
  /** For people, e.g. `AWS security findings`. */
  readonly title: string;
  readonly schedule: SchedulerServiceTaskScheduleDefinition;
  /** Reads all that belongs to the given scopes. An entity has a scope for each environment. */
  pull(
    scopes: FleetScopeWithEntity[],
    options: ScanPullOptions,
  ): Promise<ScanPullResult>;
}
