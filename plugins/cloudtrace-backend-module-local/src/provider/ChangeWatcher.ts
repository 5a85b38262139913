import { setTimeout as sleep } from 'node:timers/promises';
import type { FleetChange } from '@cloudtrace/plugin-cloudtrace-node';
import type { FleetClient } from '../protocol/FleetClient';
import type { FleetState } from '../protocol/types';
import {
  databaseResource,
  groupResource,
  resourcesOf,
  targetGroupResource,
} from './resources';

/**
 * Metrics change continuously without an event, so at this interval everything
 * counts as changed.
 */
const WHOLE_MS = 15_000;
const RETRY_MS = 2_000;
/** Changes within this time are reported together. */
const GATHER_MS = 250;

/**
 * Long-polls the launcher and reports which resources changed, also when the
 * launcher starts or stops.
 */
export class ChangeWatcher {
  readonly #client: Pick<FleetClient, 'state' | 'changes'>;
  readonly #signal: AbortSignal;

  constructor(options: {
    client: Pick<FleetClient, 'state' | 'changes'>;
    signal: AbortSignal;
  }) {
    this.#client = options.client;
    this.#signal = options.signal;
  }

  /** Runs until the signal is aborted. Never throws. */
  async watch(onChange: (change: FleetChange) => void): Promise<void> {
    let known: string[] = [];
    while (!this.#signal.aborted) {
      try {
        const state = await this.#client.state(this.#signal);
        known = resourceIds(state);
        onChange({ resourceIds: known, scopes: scopesOf(state) });
        await this.#follow(state.cursor, onChange);
      } catch {
        if (this.#signal.aborted) return;
        if (known.length) onChange({ resourceIds: known });
        known = [];
        await sleep(RETRY_MS, undefined, { signal: this.#signal }).catch(
          () => {},
        );
      }
    }
  }

  /** Reports single changes until it is time to report everything. */
  async #follow(
    from: number,
    onChange: (change: FleetChange) => void,
  ): Promise<void> {
    let cursor = from;
    const endsAtMs = Date.now() + WHOLE_MS;
    while (!this.#signal.aborted) {
      const changes = await this.#client.changes(
        cursor,
        Math.max(0, endsAtMs - Date.now()),
        this.#signal,
      );
      // A journal that starts over means another fleet: reads everything again.
      if (changes.cursor < cursor) return;
      cursor = changes.cursor;
      const ids = [
        ...changes.services.flatMap(name => [
          groupResource(name).id,
          targetGroupResource(name).id,
        ]),
        ...(changes.database ? [databaseResource.id] : []),
      ];
      // The caller reports everything from the state, which may contain more
      // services by now.
      if (Date.now() >= endsAtMs) return;
      if (ids.length) onChange({ resourceIds: ids });
      await sleep(GATHER_MS, undefined, { signal: this.#signal });
    }
  }
}

function resourceIds(state: FleetState): string[] {
  return [
    ...new Set(
      state.services.flatMap(({ definition }) =>
        resourcesOf(definition).map(({ id }) => id),
      ),
    ),
  ];
}

function scopesOf(state: FleetState) {
  return state.services.map(({ definition }) => ({
    entityRef: definition.entityRef,
    environment: definition.environment,
  }));
}
