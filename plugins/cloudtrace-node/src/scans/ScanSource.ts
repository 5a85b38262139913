import type { SchedulerServiceTaskScheduleDefinition } from '@backstage/backend-plugin-api';
import type { Wording } from '@cloudtrace/plugin-cloudtrace-common';
import type { FleetScopeWithEntity } from '../fleet';

/** What a source read from one of its targets for an entity. @public */
export interface PulledScan {
  entityRef: string;
  /**
   * Id at the source, such as that of a project or region. The next pull of it
   * replaces this one.
   */
  target: string;
  /** Id of the importer that reads the document, such as `asff`. */
  format: string;
  category: string;
  /**
   * Everything that the target has for the entity, as the importer expects it,
   * or its JSON as bytes.
   */
  document: object;
  /** Why the source did not check everything. The findings count, but the scan closes none. */
  incomplete?: Wording;
}

/** A target that could not be read for an entity; the stored data stays. @public */
export interface FailedScanPull {
  entityRef: string;
  target: string;
  /** What is wrong and how to fix it, for everyone who may read the entity. */
  error: Wording;
}

/** How a source delivers what it reads. @public */
export interface ScanPullOptions {
  /** Aborted when the pull's time is over or the backend stops. */
  signal: AbortSignal;
  /** Stores a scan; resolves when the source can deliver the next one. Never rejects. */
  onScan(scan: PulledScan): Promise<void>;
  /** Reports a failure. Never rejects. */
  onFailure(failure: FailedScanPull): Promise<void>;
}

/** Result of {@link ScanSource.pull}. @public */
export interface ScanPullResult {
  /**
   * Targets whose links to entities are currently unknown. Their pulled
   * findings stay. CloudTrace closes the findings of other targets that the
   * pull did not name for the entity: the link is gone.
   */
  unread: Array<Omit<FailedScanPull, 'entityRef'>>;
}

/**
 * A service that CloudTrace polls for scan results on a schedule.
 *
 * @remarks The source decides which of its targets belong to which entity. A
 * thrown error changes nothing.
 *
 * @public
 */
export interface ScanSource {
  /** Stable, lower case, e.g. `aws-findings`. */
  readonly id: string;
  /** Display name, e.g. `AWS security findings`. */
  readonly title: string;
  readonly schedule: SchedulerServiceTaskScheduleDefinition;
  /** Reads everything that belongs to the given scopes. An entity has one scope per environment. */
  pull(
    scopes: FleetScopeWithEntity[],
    options: ScanPullOptions,
  ): Promise<ScanPullResult>;
}
