import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { metrics } from '@opentelemetry/api';
import { Type } from 'typebox';
import type { AccountStore } from '../accounts/AccountStore.js';
import type { Cache } from '../cache/Cache.js';
import { notFound } from '../errors/Refusal.js';
import type { EventStore } from '../events/EventStore.js';
import type { AttemptLimiter } from '../limits/AttemptLimiter.js';
import type { Outbox } from '../outbox/Outbox.js';
import { requireUser, userOf } from '../sessions/sessionOfRequest.js';
import type { ServiceDatabase } from '../storage/ServiceDatabase.js';
import { acceptNotification } from './acceptNotification.js';
import { listNotifications } from './listNotifications.js';
import { markAllAsRead, markAsRead } from './markAsRead.js';
import {
  AcceptedSchema,
  NewNotificationSchema,
  NotificationListSchema,
} from './types.js';

const accepted = metrics
  .getMeter('notifications')
  .createCounter('notifications.accepted', {
    description: 'Notifications that were stored to be delivered',
  });
const defaultLimit = 50;

/** Under which the limiter counts what a user sends. */
export const sendingKey = (userId: string) => `send ${userId}`;

export interface NotificationRoutesOptions {
  readonly database: ServiceDatabase;
  readonly accounts: AccountStore;
  readonly store: EventStore;
  readonly outbox: Outbox;
  readonly cache: Cache;
  readonly limiter: AttemptLimiter;
  readonly notificationsPerMinute: number;
}

/** Sending, listing and reading notifications. */
export const notificationRoutes: FastifyPluginAsyncTypebox<
  NotificationRoutesOptions
> = async (app, options) => {
  const { database, accounts, cache, limiter, notificationsPerMinute } =
    options;
  app.addHook('onRequest', requireUser);

  app.post(
    '/api/notifications',
    {
      schema: {
        summary: 'Notify a user',
        headers: Type.Object({
          'idempotency-key': Type.String({ minLength: 8, maxLength: 100 }),
        }),
        body: NewNotificationSchema,
        response: { 201: AcceptedSchema },
      },
    },
    async (request, reply) => {
      const sender = userOf(request);
      await limiter.count({
        key: sendingKey(sender.id),
        maximum: notificationsPerMinute,
        windowSeconds: 60,
      });
      const recipient = await accounts.findByEmail(request.body.to);
      if (!recipient) throw notFound('user');
      const result = await acceptNotification(options, {
        sender,
        recipient: recipient.user,
        key: request.headers['idempotency-key'],
        notification: request.body,
      });
      if (result.replayed) reply.header('idempotency-replayed', 'true');
      else accepted.add(1);
      return reply.code(201).send(result.accepted);
    },
  );

  app.get(
    '/api/notifications',
    {
      schema: {
        summary: 'Own notifications, newest first',
        querystring: Type.Object(
          {
            limit: Type.Integer({
              minimum: 1,
              maximum: 100,
              default: defaultLimit,
            }),
            before: Type.Optional(Type.Integer({ minimum: 1 })),
          },
          { additionalProperties: false },
        ),
        response: { 200: NotificationListSchema },
      },
    },
    async (request, reply) => {
      const { limit, before } = request.query;
      const userId = userOf(request).id;
      const load = () => listNotifications(database, { userId, limit, before });
      // Nearly all requests are for the first page.
      if (before !== undefined || limit !== defaultLimit) {
        reply.header('x-cache', 'bypass');
        return load();
      }
      const { value, source } = await cache.readThrough(userId, load);
      reply.header('x-cache', source);
      return value;
    },
  );

  app.put(
    '/api/notifications/:id/read',
    {
      schema: {
        summary: 'Mark one notification as read',
        params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const userId = userOf(request).id;
      await markAsRead(options, userId, request.params.id);
      await cache.invalidate([userId]);
      return reply.code(204).send(null);
    },
  );

  app.put(
    '/api/notifications/read',
    {
      schema: {
        summary: 'Mark all notifications as read, up to an event',
        body: Type.Object(
          { upTo: Type.Integer({ minimum: 0 }) },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ marked: Type.Integer() }) },
      },
    },
    async request => {
      const userId = userOf(request).id;
      const marked = await markAllAsRead(options, userId, request.body.upTo);
      await cache.invalidate([userId]);
      return { marked };
    },
  );
};
