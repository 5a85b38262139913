import type {
  FleetPart,
  ResourcePart,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { FleetProvider } from '@cloudtrace/plugin-cloudtrace-node';
import type { DbFleetResourceRow, ResourceSnapshot } from './database/rows';
import { fleetParts } from './readingsOf';

type StoredResource = Pick<DbFleetResourceRow, 'provider' | 'snapshot'>;

/** Judges how old each part of a resource may be. */
export class FleetFreshness {
  readonly #providers: ReadonlyMap<string, FleetProvider>;
  readonly #gapMs: number;

  constructor(options: {
    providers: readonly FleetProvider[];
    /** Age from which on a part counts as not read, if it is read in every cycle. */
    gapMs: number;
  }) {
    this.#providers = new Map(options.providers.map(p => [p.id, p]));
    this.#gapMs = options.gapMs;
  }

  /** Age from which on nothing is known of a part. */
  maxAgeMs(provider: string, part: FleetPart): number {
    const { readIntervalsMs } = this.#providers.get(provider) ?? {};
    return this.#gapMs + (readIntervalsMs?.[part] ?? 0);
  }

  /** Last success of every part that was ever read. */
  partsOf(resource: StoredResource, now: Date = new Date()): ResourcePart[] {
    return fleetParts.flatMap(part => {
      const readAt = lastReadAt(resource.snapshot, part);
      if (!readAt) return [];
      const stale =
        now.getTime() - readAt.getTime() >
        this.maxAgeMs(resource.provider, part);
      return [
        { part, readAt: readAt.toISOString(), stale: stale || undefined },
      ];
    });
  }
}

/** When a part was last read; `undefined` if never. */
export function lastReadAt(
  snapshot: ResourceSnapshot,
  part: FleetPart,
): Date | undefined {
  const at = snapshot.readAt?.[part];
  return at ? new Date(at) : undefined;
}

/** When one of the parts was last read of any of the resources. */
export function newestReadAt(
  resources: ReadonlyArray<Pick<StoredResource, 'snapshot'>>,
  parts: readonly FleetPart[],
): Date | undefined {
  const times = resources.flatMap(resource =>
    parts.flatMap(part => {
      const at = lastReadAt(resource.snapshot, part);
      return at ? [at.getTime()] : [];
    }),
  );
  return times.length > 0 ? new Date(Math.max(...times)) : undefined;
}
