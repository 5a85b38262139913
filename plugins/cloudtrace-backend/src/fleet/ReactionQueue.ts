import type { LoggerService } from '@backstage/backend-plugin-api';
import type { FleetScope } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { listLinkedScopes } from './database/listLinkedScopes';
import type { ReportChanges } from './storeReport';

interface Pending {
  scope: FleetScope;
  changes: ReportChanges[];
}

/**
 * Reacts to stored changes, one environment at a time, so that reactions never
 * delay what is stored next. Changes of an environment that waits are added to
 * it. News come before first reports, of which a new fleet has many.
 */
export class ReactionQueue {
  readonly #knex: Knex;
  readonly #logger: LoggerService;
  readonly #onNews: (scope: FleetScope) => void;
  readonly #react: (
    scope: FleetScope,
    changes: ReportChanges[],
  ) => Promise<void>;
  #received: ReportChanges[] = [];
  readonly #pending = new Map<string, Pending>();
  #running: Promise<void> | undefined;

  constructor(options: {
    knex: Knex;
    logger: LoggerService;
    /** Called for an environment before the reactions that may take long. */
    onNews: (scope: FleetScope) => void;
    react: (scope: FleetScope, changes: ReportChanges[]) => Promise<void>;
  }) {
    this.#knex = options.knex;
    this.#logger = options.logger;
    this.#onNews = options.onNews;
    this.#react = options.react;
  }

  add(changes: readonly ReportChanges[]): void {
    this.#received.push(...changes.filter(({ visible }) => visible));
    if (this.#received.length > 0) this.#running ??= this.#run();
  }

  /** Resolves when nothing waits. */
  async drained(): Promise<void> {
    await this.#running;
  }

  async #run() {
    while (this.#received.length + this.#pending.size > 0) {
      try {
        if (this.#received.length > 0) await this.#sort(this.#received);
        const next = this.#take();
        if (next) await this.#react(next.scope, next.changes);
      } catch (error) {
        this.#logger.warn(
          'Could not react to a change of a fleet',
          error as Error,
        );
      }
    }
    this.#running = undefined;
  }

  /** Adds changes to the environments of their resources. */
  async #sort(received: ReportChanges[]) {
    this.#received = [];
    const links = await listLinkedScopes(
      this.#knex,
      received.map(({ resourceId }) => resourceId),
    );
    const changed = new Map<string, FleetScope>();
    for (const { entityRef, environment, resourceId } of links) {
      const key = `${entityRef}\n${environment}`;
      const scope = { entityRef, environment };
      const pending = this.#pending.get(key) ?? { scope, changes: [] };
      pending.changes.push(
        ...received.filter(each => each.resourceId === resourceId),
      );
      this.#pending.set(key, pending);
      changed.set(key, scope);
    }
    for (const scope of changed.values()) this.#onNews(scope);
  }

  #take(): Pending | undefined {
    const [oldest] = this.#pending;
    if (!oldest) return undefined;
    const news = [...this.#pending].find(([, { changes }]) =>
      changes.some(({ first }) => !first),
    );
    const [key, pending] = news ?? oldest;
    this.#pending.delete(key);
    return pending;
  }
}
