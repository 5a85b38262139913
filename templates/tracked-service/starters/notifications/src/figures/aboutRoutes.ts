import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { kindsOf, type Adapters } from '../adapters/Adapters.js';
import type { Instance } from '../instance/detectInstance.js';

const AboutSchema = Type.Object({
  instanceId: Type.String(),
  zone: Type.String(),
  adapters: Type.Object({
    eventBus: Type.String(),
    jobQueue: Type.String(),
    cache: Type.String(),
    fanOut: Type.String(),
  }),
});

/** Which instance answers, and what runs. */
export const aboutRoutes: FastifyPluginAsyncTypebox<{
  instance: Instance;
  adapters: Adapters;
}> = async (app, { instance, adapters }) => {
  app.get(
    '/api/about',
    {
      schema: {
        summary: 'Which instance answers, and which adapters run',
        response: { 200: AboutSchema },
      },
    },
    async () => ({
      instanceId: instance.id,
      zone: instance.zone,
      adapters: kindsOf(adapters),
    }),
  );
};
