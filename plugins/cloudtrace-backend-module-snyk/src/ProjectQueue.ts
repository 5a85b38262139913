import type { LoggerService } from '@backstage/backend-plugin-api';

/** A project to pull. */
export interface QueuedProject {
  orgId: string;
  projectId: string;
}

/** Queues projects from webhooks, each once, and pulls them one after another. */
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

  /** Returns false if too many projects are queued. A queued project is not added again. */
  add(project: QueuedProject): boolean {
    const key = `${project.orgId}/${project.projectId}`;
    if (!this.#waiting.has(key) && this.#waiting.size >= this.#maxWaiting) {
      return false;
    }
    this.#waiting.set(key, project);
    void this.#run();
    return true;
  }

  /** Aborts the current pull and drops the rest; the schedule pulls them later. */
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
      // Removed before the pull: a webhook during the pull requests another
      // one.
      this.#waiting.delete(key);
      try {
        await this.#pull(project, this.#abort.signal);
      } catch (error) {
        this.#logger.error(
          `The Snyk project ${project.projectId} could not be polled`,
          error as Error,
        );
      }
    }
    this.#running = false;
  }
}
