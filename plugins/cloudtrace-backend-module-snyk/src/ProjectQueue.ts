import type { LoggerService } from '@backstage/backend-plugin-api';

/** A project that has to be pulled. */
export interface QueuedProject {
  orgId: string;
  projectId: string;
}

/** Projects that webhooks name, each waiting once, pulled one after the other. */
export class ProjectQueue {
  readonly #pull: (
    project: QueuedProject,
    signal: AbortSignal,
  ) => Promise<void>;
  readonly #logger: LoggerService;
  readonly #maxWaiting: number;
  readonly #waiting = new Map<string, QueuedProject>();
  readonly #abort = new AbortController();
  #running = false;

  constructor(options: {
    pull: (project: QueuedProject, signal: AbortSignal) => Promise<void>;
    logger: LoggerService;
    maxWaiting?: number;
  }) {
    this.#pull = options.pull;
    this.#logger = options.logger;
    this.#maxWaiting = options.maxWaiting ?? 500;
  }

  /** False if too many wait. What waits already is not added again. */
  add(project: QueuedProject): boolean {
    const key = `${project.orgId}/${project.projectId}`;
    if (!this.#waiting.has(key) && this.#waiting.size >= this.#maxWaiting) {
      return false;
    }
    this.#waiting.set(key, project);
    void this.#run();
    return true;
  }

  /** Ends the pull that is under way and drops the rest; the schedule makes up for it. */
  stop(): void {
    this.#waiting.clear();
    this.#abort.abort();
  }

  async #run() {
    if (this.#running) return;
    this.#running = true;
    for (;;) {
      const [next] = this.#waiting;
      if (!next) break;
      const [key, project] = next;
      // Removed before the pull: a webhook during it asks for another one.
      this.#waiting.delete(key);
      try {
        await this.#pull(project, this.#abort.signal);
      } catch (error) {
        this.#logger.error(
          `The Snyk project ${project.projectId} could not be pulled`,
          error as Error,
        );
      }
    }
    this.#running = false;
  }
}
