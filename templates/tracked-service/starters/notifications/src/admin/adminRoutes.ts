import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { desc } from 'drizzle-orm';
import { Type } from 'typebox';
import type { Adapters } from '../adapters/Adapters.js';
import type {
  DeadLetterStore,
  StoredDeadLetter,
} from '../deadLetters/DeadLetterStore.js';
import { notFound } from '../errors/Refusal.js';
import { readFigures } from '../figures/readFigures.js';
import type { LiveHub } from '../live/LiveHub.js';
import type { Outbox } from '../outbox/Outbox.js';
import { requireAdmin } from '../sessions/sessionOfRequest.js';
import { dailyReports } from '../storage/schema.js';
import type { ServiceDatabase } from '../storage/ServiceDatabase.js';
import { DeadLettersSchema, FiguresSchema, ReportsSchema } from './schemas.js';

const shownDeadLetters = 200;
const shownDays = 31;

export interface AdminRoutesOptions {
  readonly database: ServiceDatabase;
  readonly adapters: Adapters;
  readonly outbox: Outbox;
  readonly deadLetters: DeadLetterStore;
  readonly hub: LiveHub;
}

/** Figures, reports and dead letters, for administrators. */
export const adminRoutes: FastifyPluginAsyncTypebox<
  AdminRoutesOptions
> = async (app, options) => {
  const { database, adapters, deadLetters, hub } = options;
  app.addHook('onRequest', requireAdmin);

  app.get(
    '/api/admin/figures',
    { schema: { summary: 'Figures', response: { 200: FiguresSchema } } },
    async () => ({
      ...(await readFigures(options)),
      cache: adapters.cache.counts,
      sockets: {
        socketIo: hub.count('socket.io'),
        serverSentEvents: hub.count('sse'),
      },
    }),
  );

  app.get(
    '/api/admin/reports',
    { schema: { summary: 'Daily reports', response: { 200: ReportsSchema } } },
    async () => ({
      items: await database.queries
        .select()
        .from(dailyReports)
        .orderBy(desc(dailyReports.day))
        .limit(shownDays),
    }),
  );

  app.get(
    '/api/admin/dead-letters',
    {
      schema: {
        summary: 'Messages that could not be processed, newest first',
        response: { 200: DeadLettersSchema },
      },
    },
    async () => {
      const items = await deadLetters.list(shownDeadLetters);
      return { items: items.map(describe) };
    },
  );

  app.post(
    '/api/admin/dead-letters/:id/replay',
    {
      schema: {
        summary: 'Publish a dead letter again',
        params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
        response: { 202: Type.Null() },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      if (!(await deadLetters.replay(id, adapters.eventBus))) {
        throw notFound('dead letter');
      }
      return reply.code(202).send(null);
    },
  );
};

function describe(letter: StoredDeadLetter) {
  const { id, topic, partition, offset, key, reason, attempts } = letter;
  return {
    id,
    topic,
    partition,
    offset,
    key,
    value: letter.value.toString(),
    reason,
    attempts,
    failedAt: letter.failedAt.toISOString(),
    replayedAt: letter.replayedAt?.toISOString() ?? null,
  };
}
