import type {
  FleetPart,
  ResourcePart,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { FleetProvider } from '@cloudtrace/plugin-cloudtrace-node';
import type { ResourceSnapshot } from './database/rows';
import { fleetParts } from './readingsOf';

/** When the parts of a resource were read, and by whom. */
export interface StoredReading {
  provider: string;
  snapshot: Pick<ResourceSnapshot, 'readAt'>;
}

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

  /**
   * Age of the last reading of a part in milliseconds, if it is too old to say
   * anything about `now`; undefined also if the part was never read.
   */
  unreadMs(
    resource: StoredReading,
    part: FleetPart,
    now: Date = new Date(),
  ): number | undefined {
    const readAt = lastReadAt(resource.snapshot, part);
    if (!readAt) return undefined;
    const ageMs = now.getTime() - readAt.getTime();
    return ageMs >= this.maxAgeMs(resource.provider, part) ? ageMs : undefined;
  }

  /** Last successful read of every part that was ever read. */
  partsOf(resource: StoredReading, now: Date = new Date()): ResourcePart[] {
    return fleetParts.flatMap(part => {
      const readAt = lastReadAt(resource.snapshot, part);
      if (!readAt) return [];
      const stale = this.unreadMs(resource, part, now) !== undefined;
      return [
        { part, readAt: readAt.toISOString(), stale: stale || undefined },
      ];
    });
  }
}

/** When a part was last read; `undefined` if never. */
export function lastReadAt(
  snapshot: StoredReading['snapshot'],
  part: FleetPart,
): Date | undefined {
  const at = snapshot.readAt?.[part];
  return at ? new Date(at) : undefined;
}

/** When one of the parts was last read for any of the resources. */
export function newestReadAt(
  resources: ReadonlyArray<Pick<StoredReading, 'snapshot'>>,
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
