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

/** Answer of {@link FleetProvider.locate}. @public */
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
 * @remarks
 * The collector calls {@link FleetProvider.locate} once a cycle with all
 * scopes and {@link FleetProvider.collect} once with all located resources, each
 * resource once however many entities share it, so that a provider can batch.
 * A provider never throws for a part that fails: it reports a problem and
 * answers for the rest. A thrown error counts as "the whole provider failed";
 * the last good data is kept with its time.
 *
 * @public
 */
export interface FleetProvider {
  /** Stable, lower case, e.g. `aws`. */
  readonly id: string;
  /** For people, e.g. `AWS`. */
  readonly title: string;
  /**
   * How long the provider waits at most before it reads a part again, for parts
   * that it does not read in every cycle. Their age is judged accordingly.
   */
  readonly readIntervalsMs?: Partial<Record<FleetPart, number>>;
  /** Finds the resources of the given scopes. Scopes it knows nothing of are left out. */
  locate(
    scopes: FleetScopeWithEntity[],
    options: FleetCallOptions,
  ): Promise<FleetLocateResult>;
  /**
   * Reads state and history of the given resources.
   *
   * @param options - `since(resource)` is the time up to which history is stored;
   * older activities, events and points need not be reported again.
   */
  collect(
    resources: FleetResource[],
    options: FleetCallOptions & {
      since(resource: FleetResource): Date | undefined;
    },
  ): Promise<FleetReport[]>;
  /**
   * Tells the collector that something changed, so that it need not wait for
   * the next cycle. Called once at start.
   */
  subscribe?(onChange: (change: FleetChange) => void): void;
}

/** A hint that resources or scopes changed and should be collected now. @public */
export interface FleetChange {
  resourceIds?: string[];
  scopes?: FleetScope[];
}
