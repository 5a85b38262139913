import swagger from '@fastify/swagger';
import fp from 'fastify-plugin';

/** Describes the API from the schemas that validate requests, so that the description is never out of date. */
export const openapi = fp<{ title: string }>(async (app, { title }) => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title, version: '1' },
    },
  });
  app.get('/openapi.json', { schema: { hide: true } }, async () =>
    app.swagger(),
  );
});
