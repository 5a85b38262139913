import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';

/** Where `npm run build` puts the client; the same from src/ and from dist/. */
const directory = fileURLToPath(new URL('../../dist/web', import.meta.url));
const pages = ['/', '/sign-in', '/sign-up', '/send', '/admin', '/admin/*'];
const yearSeconds = 31_536_000;

/** Serves the built client: files with a hash in their name for ever, the page itself always fresh. */
export const clientRoutes: FastifyPluginAsync = async app => {
  // Without a build, as in unit tests, the service is an API only.
  if (!existsSync(directory)) return;
  await app.register(fastifyStatic, {
    root: directory,
    index: false,
    wildcard: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const immutable = path.includes('/assets/');
      void reply.header(
        'cache-control',
        immutable
          ? `public, max-age=${yearSeconds}, immutable`
          : `public, max-age=${basename(path) === 'index.html' ? 0 : 3_600}`,
      );
    },
  });
  for (const page of pages) {
    app.get(page, { schema: { hide: true } }, async (_request, reply) =>
      reply.header('cache-control', 'no-cache').sendFile('index.html'),
    );
  }
};
