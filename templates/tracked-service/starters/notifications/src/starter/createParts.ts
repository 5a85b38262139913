import { AccountStore } from '../accounts/AccountStore.js';
import { createAdapters } from '../adapters/createAdapters.js';
import { withLogins } from '../adapters/withLogins.js';
import { DeadLetterStore } from '../deadLetters/DeadLetterStore.js';
import { EventStore } from '../events/EventStore.js';
import { AttemptLimiter } from '../limits/AttemptLimiter.js';
import { Outbox } from '../outbox/Outbox.js';
import { SessionStore } from '../sessions/SessionStore.js';
import { ServiceDatabase } from '../storage/ServiceDatabase.js';
import type { StarterContext } from './types.js';

export type Parts = Awaited<ReturnType<typeof createParts>>;

/** What the API, the worker and the commands share. */
export async function createParts(context: StarterContext) {
  const { config, instance, logger, database: pool } = context;
  const database = new ServiceDatabase(pool);
  return {
    database,
    accounts: new AccountStore(database),
    sessions: new SessionStore(database),
    limiter: new AttemptLimiter(database),
    store: new EventStore(),
    outbox: new Outbox(database),
    deadLetters: new DeadLetterStore(database),
    adapters: createAdapters({
      config: await withLogins(config),
      instance,
      logger,
      pool,
      database,
    }),
  };
}
