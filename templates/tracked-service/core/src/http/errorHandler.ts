import { trace } from '@opentelemetry/api';
import type {
  FastifyBaseLogger,
  FastifyError,
  FastifyInstance,
  FastifyReply,
} from 'fastify';
import { DatabaseUnavailableError } from '../database/errors.js';
import { ProblemError } from './ProblemError.js';

interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
}

/** Responds to every failure with `application/problem+json` (RFC 9457) and hides internals. */
export function setErrorHandlers(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) =>
    sendProblem(error, request.log, reply),
  );

  app.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .type('application/problem+json')
      .send({
        status: 404,
        title: 'Not found',
        detail: `${request.method} ${request.url.split('?')[0]} does not exist`,
        traceId: currentTraceId(),
      }),
  );
}

export function sendProblem(
  error: FastifyError,
  log: FastifyBaseLogger,
  reply: FastifyReply,
): FastifyReply {
  const problem = toProblem(error);
  if (problem.status >= 500) log.error({ err: error }, problem.title);
  // Short, because a failover takes seconds and clients give up soon.
  if (problem.status === 503) reply.header('retry-after', '1');
  return reply
    .code(problem.status)
    .type('application/problem+json')
    .send({ ...problem, traceId: currentTraceId() });
}

function toProblem(error: FastifyError): Problem {
  if (error instanceof DatabaseUnavailableError) {
    return { status: 503, title: 'Unavailable', detail: error.message };
  }
  if (error instanceof ProblemError) {
    const { status, title, message } = error;
    return { status, title, detail: message };
  }
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) {
    return { status, title: 'Invalid request', detail: error.message };
  }
  return {
    status: 500,
    title: 'Internal error',
    detail: 'The request failed; its trace id identifies it in the logs',
  };
}

function currentTraceId(): string | undefined {
  return trace.getActiveSpan()?.spanContext().traceId;
}
