import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import {
  NewRequestSchema,
  RequestNotFoundError,
  RequestWithEventsSchema,
  StatusChangeSchema,
  TrackedRequestSchema,
  type ListOptions,
  type RequestStore,
} from './types.js';

const IdParams = Type.Object({ id: Type.String({ format: 'uuid' }) });

const ListQuery = Type.Object({
  limit: Type.Integer({ default: 50, minimum: 1, maximum: 200 }),
  cursor: Type.Optional(Type.String({ format: 'uuid' })),
  instance: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
});

const IdempotencyHeaders = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({ minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7E]+$' }),
  ),
});

/** The request tracker's API. */
export const requestRoutes: FastifyPluginAsyncTypebox<{
  store: RequestStore;
}> = async (app, { store }) => {
  app.post(
    '/requests',
    {
      schema: {
        summary: 'Store a request',
        headers: IdempotencyHeaders,
        body: NewRequestSchema,
        response: { 201: TrackedRequestSchema },
      },
    },
    async (request, reply) => {
      const result = await store.create(
        request.body,
        request.headers['idempotency-key'],
      );
      if (result.replayed) reply.header('idempotency-replayed', 'true');
      return reply
        .code(201)
        .header('location', `/requests/${result.request.id}`)
        .send(result.request);
    },
  );

  app.get(
    '/requests',
    {
      schema: {
        summary: 'List requests, newest first',
        querystring: ListQuery,
        response: {
          200: Type.Object({
            items: Type.Array(TrackedRequestSchema),
            nextCursor: Type.Optional(Type.String()),
          }),
        },
      },
    },
    async request => {
      const { limit, cursor, instance } = request.query;
      const options: ListOptions = {
        limit,
        ...(cursor && { cursor }),
        ...(instance && { instanceId: instance }),
      };
      const items = await store.list(options);
      const last = items.length === limit ? items.at(-1) : undefined;
      return { items, ...(last && { nextCursor: last.id }) };
    },
  );

  app.get(
    '/requests/:id',
    {
      schema: {
        summary: 'One request with its events',
        params: IdParams,
        response: { 200: RequestWithEventsSchema },
      },
    },
    async request => {
      const found = await store.find(request.params.id);
      if (!found) throw new RequestNotFoundError(request.params.id);
      return found;
    },
  );

  app.patch(
    '/requests/:id',
    {
      schema: {
        summary: 'Change the status of a request',
        params: IdParams,
        body: StatusChangeSchema,
        response: { 200: RequestWithEventsSchema },
      },
    },
    async request => {
      const changed = await store.changeStatus(
        request.params.id,
        request.body.status,
      );
      if (!changed) throw new RequestNotFoundError(request.params.id);
      return changed;
    },
  );
};
