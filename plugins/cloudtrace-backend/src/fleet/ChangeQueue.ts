import type { FleetChange } from '@cloudtrace/plugin-cloudtrace-node';

/**
 * Collects change hints for a moment and passes them on together, one refresh
 * at a time, so that a burst of hints causes only a few refreshes.
 */
export class ChangeQueue {
  readonly #refresh: (change: FleetChange) => Promise<void>;
  readonly #delayMs: number;
  #resourceIds = new Set<string>();
  #scopes = new Map<string, NonNullable<FleetChange['scopes']>[number]>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = false;
  #stopped = false;

  constructor(options: {
    refresh: (change: FleetChange) => Promise<void>;
    delayMs: number;
  }) {
    this.#refresh = options.refresh;
    this.#delayMs = options.delayMs;
  }

  add(change: FleetChange): void {
    for (const id of change.resourceIds ?? []) this.#resourceIds.add(id);
    for (const scope of change.scopes ?? []) {
      this.#scopes.set(`${scope.entityRef}\n${scope.environment}`, scope);
    }
    this.#schedule();
  }

  /** Stops passing on hints. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #schedule() {
    const empty = this.#resourceIds.size + this.#scopes.size === 0;
    if (empty || this.#stopped || this.#running || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#run();
    }, this.#delayMs);
    this.#timer.unref();
  }

  async #run() {
    const change = {
      resourceIds: [...this.#resourceIds],
      scopes: [...this.#scopes.values()],
    };
    this.#resourceIds = new Set();
    this.#scopes = new Map();
    this.#running = true;
    try {
      await this.#refresh(change);
    } finally {
      this.#running = false;
      this.#schedule();
    }
  }
}
