import type { FastifyError } from 'fastify';
import fp from 'fastify-plugin';
import { causeOf } from '../storage/ServiceDatabase.js';
import { Refusal } from './Refusal.js';

/** Passes errors to the service's handler without Drizzle's wrapper, and adds the headers of a refusal. */
export const refusals = fp(async app => {
  const handle = app.errorHandler;
  app.setErrorHandler((failure, request, reply) => {
    const error = causeOf(failure);
    if (error instanceof Refusal) reply.headers(error.headers);
    handle(error as FastifyError, request, reply);
  });
});
