/** Responds within the time limit of a load balancer's probe, whatever the dependency does. */
const checkTimeoutMs = 2_000;

export type DependencyState = 'up' | 'down';

export interface Dependency {
  readonly name: string;
  /** Whether the service is useless without it; the state of the others is only reported. */
  readonly required: boolean;
  /** Resolves if the dependency works now. */
  check(): Promise<void>;
}

export interface ReadinessReport {
  readonly status: 'ready' | 'starting' | 'unavailable' | 'draining';
  readonly dependencies: Record<string, DependencyState>;
}

/** Knows whether this instance serves requests, and whether it has all it needs for that. */
export class Readiness {
  readonly #dependencies: readonly Dependency[];
  #started = false;
  #draining = false;

  constructor(dependencies: readonly Dependency[]) {
    this.#dependencies = dependencies;
  }

  /** The schema is up to date and the service may respond. */
  markStarted(): void {
    this.#started = true;
  }

  /** From now on, the load balancer sends new requests elsewhere. */
  startDraining(): void {
    this.#draining = true;
  }

  get draining(): boolean {
    return this.#draining;
  }

  /**
   * Whether the load balancer may send requests here. Dependencies do not count:
   * if the database fails over, every instance lacks it, and replacing healthy
   * instances would make the outage longer.
   */
  get serving(): boolean {
    return this.#started && !this.#draining;
  }

  async report(): Promise<ReadinessReport> {
    const states = await Promise.all(
      this.#dependencies.map(async dependency => ({
        dependency,
        state: await stateOf(dependency),
      })),
    );
    const dependencies = Object.fromEntries(
      states.map(({ dependency, state }) => [dependency.name, state]),
    );
    const missing = states.some(
      ({ dependency, state }) => dependency.required && state === 'down',
    );
    return { status: this.#status(missing), dependencies };
  }

  #status(missing: boolean): ReadinessReport['status'] {
    if (this.#draining) return 'draining';
    if (missing) return 'unavailable';
    return this.#started ? 'ready' : 'starting';
  }
}

async function stateOf(dependency: Dependency): Promise<DependencyState> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      reject,
      checkTimeoutMs,
      new Error('No response in time'),
    );
  });
  try {
    await Promise.race([dependency.check(), timeout]);
    return 'up';
  } catch {
    return 'down';
  } finally {
    clearTimeout(timer);
  }
}
