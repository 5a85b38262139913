import fp from 'fastify-plugin';

/** One structured line per request, when its answer is out. */
export const requestLog = fp(async app => {
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url,
        path: request.url.split('?')[0],
        statusCode: reply.statusCode,
        durationMs: Math.round(reply.elapsedTime * 1000) / 1000,
        clientAddress: request.ip,
        userAgent: request.headers['user-agent'],
      },
      'request',
    );
  });
});
