import type { FastifyBaseLogger, FastifyPluginAsync } from 'fastify';
import type { ClientBase } from 'pg';
import type { Config } from '../config/config.js';
import type { DatabasePool } from '../database/DatabasePool.js';
import type { Dependency } from '../health/Readiness.js';
import type { Instance } from '../instance/detectInstance.js';
import type { PeriodicTask } from '../tasks/PeriodicTask.js';

/** What the core provides to the code of this service's own domain. */
export interface StarterContext {
  readonly config: Config;
  readonly instance: Instance;
  readonly logger: FastifyBaseLogger;
  readonly database: DatabasePool;
}

/** This service's own domain, as the core runs it. */
export interface Starter {
  /** Registered after the core's hooks and its health routes. */
  readonly routes: FastifyPluginAsync;
  /** Checked for readiness, in addition to the database. */
  readonly checks: readonly Dependency[];
  /** Started when the service is ready, and stopped before the database closes. */
  readonly tasks: readonly PeriodicTask[];
  /**
   * Called when the load balancer sends no new connections here any more, and before the server closes: ends what would
   * stay open, such as WebSockets, so that clients reconnect to another instance.
   */
  startDraining?(): void;
  /** Called after the last response. */
  close?(): Promise<void>;
}

/** `src/starter/createStarter.ts` exports it. */
export type CreateStarter = (context: StarterContext) => Promise<Starter>;

/** `src/starter/migrate.ts` exports it. Instances that start together call it at the same time. */
export type Migrate = (
  client: ClientBase,
  logger: FastifyBaseLogger,
) => Promise<void>;
