import type {
  FleetPart,
  ResourcePart,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { FleetProvider } from '@cloudtrace/plugin-cloudtrace-node';
import type { DbFleetResourceRow, ResourceSnapshot } from './database/rows';
import { fleetParts } from './readingsOf';

type StoredResource = Pick<DbFleetResourceRow, 'provider' | 'snapshot'>;

/** Decides how old each part of a resource may be. */
export class FleetFreshness {
  readonly #providers: ReadonlyMap<string, FleetProvider>;
  readonly #gapMs: number;

  constructor(options: {
    providers: readonly FleetProvider[];
    /** Age above which a part that is read in every cycle counts as not read. */
    gapMs: number;
  }) {
    this.#providers = new Map(options.providers.map(p => [p.id, p]));
    this.#gapMs = options.gapMs;
  }

  /** Age above which a part counts as unknown. */
  maxAgeMs(provider: string, part: FleetPart): number {
    const { readIntervalsMs } = this.#providers.get(provider) ?? {};
    return this.#gapMs + (readIntervalsMs?.[part] ?? 0);
  }

  /** Last successful read of every part that was ever read. */
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

/** When one of the parts was last read for any of the resources. */
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
