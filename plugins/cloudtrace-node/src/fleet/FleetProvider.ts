import type { Entity } from '@backstage/catalog-model';
import type {
  FleetLocation,
  FleetPart,
  FleetProblem,
  FleetReport,
  FleetResource,
  FleetScope,
} from '@cloudtrace/plugin-cloudtrace-common';

/** An entity's environment together with the entity itself. @public */
export interface FleetScopeWithEntity extends FleetScope {
  entity: Entity;
  /** Entities that the entity depends on and that describe cloud resources. */
  relatedResources: Entity[];
}

/** Result of {@link FleetProvider.locate}. @public */
export interface FleetLocateResult {
  locations: FleetLocation[];
  problems: FleetProblem[];
}

/** What the collector passes to every call. @public */
export interface FleetCallOptions {
  /** Aborted when the cycle's time is over or the backend stops. */
  signal: AbortSignal;
}

/**
 * A source of fleet data: a cloud, an orchestrator, the local demo fleet.
 *
 * @remarks In each cycle the collector calls {@link FleetProvider.locate} once
 * with all scopes and {@link FleetProvider.collect} once with all located
 * resources, each resource once even if several entities share it, so that a
 * provider can batch. A provider never throws if a part fails: it reports a
 * problem and returns the rest. A thrown error means that the whole provider
 * failed; CloudTrace then keeps the last good data with its time.
 *
 * @public
 */
export interface FleetProvider {
  /** Stable, lower case, e.g. `aws`. */
  readonly id: string;
  /** Display name, e.g. `AWS`. */
  readonly title: string;
  /**
   * The longest time between two reads of a part that the provider does not
   * read in every cycle. CloudTrace uses it to decide when such data is
   * outdated.
   */
  readonly readIntervalsMs?: Partial<Record<FleetPart, number>>;
  /**
   * Present if the provider is installed but not configured: CloudTrace then
   * calls none of its methods and shows this in Diagnostics.
   */
  readonly notConfigured?: Pick<FleetProblem, 'message' | 'nextStep' | 'coded'>;
  /** Finds the resources of the given scopes. Leaves out scopes without any. */
  locate(
    scopes: FleetScopeWithEntity[],
    options: FleetCallOptions,
  ): Promise<FleetLocateResult>;
  /**
   * Reads state and history of the given resources.
   *
   * @param options - `since(resource)` is the time up to which history is
   * stored; older activities, events and points need not be reported again.
   * With a part, it is the time up to which that part was read completely:
   * other parts may be stored for later times.
   */
  collect(
    resources: FleetResource[],
    options: FleetCallOptions & {
      since(resource: FleetResource, part?: FleetPart): Date | undefined;
    },
  ): Promise<FleetReport[]>;
  /**
   * Returns those of the given linked resources, which `locate` did not find,
   * that no longer exist, as opposed to those that no longer belong to a scope.
   * CloudTrace keeps their links for a day, so that it reports a deletion
   * instead of forgetting the resource. Without it, links end at once.
   */
  findDeleted?(resources: FleetResource[]): FleetResource[];
  /**
   * Notifies the collector of changes, so that it need not wait for the next
   * cycle. Called once at startup.
   */
  subscribe?(onChange: (change: FleetChange) => void): void;
}

/** A hint that resources or scopes changed and should be collected now. @public */
export interface FleetChange {
  resourceIds?: string[];
  scopes?: FleetScope[];
}
