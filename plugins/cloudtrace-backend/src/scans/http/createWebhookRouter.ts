import type { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type {
  ScanConnector,
  ScanWebhook,
  ScanWebhookDelivery,
} from '@cloudtrace/plugin-cloudtrace-node';
import type { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { Knex } from 'knex';
import { answerErrors } from '../../http/answerErrors';
import { parseJson } from '../../http/parseJson';
import type { RequestValidator } from '../../schema/RequestValidator';
import { readSignature } from './readSignature';
import { SignedWebhooks } from './SignedWebhooks';

/** Path of a connector's webhooks, which accept a signature instead of Backstage credentials. */
export function webhookPath(connectorId: string): string {
  return `/webhooks/${connectorId}`;
}

/**
 * Webhooks of a connector. The signature is checked before anything of the body
 * is used; the response is the same for instances that do not exist.
 */
export function createWebhookRouter(options: {
  knex: Knex;
  logger: LoggerService;
  validator: RequestValidator;
  connector: Pick<ScanConnector, 'id' | 'title'>;
  webhook: ScanWebhook;
}): Router {
  const { connector, webhook, validator } = options;
  const { maxBytes, retryAfterSeconds } = webhook;
  const path = webhookPath(connector.id);
  const router = PromiseRouter({ caseSensitive: true });
  const webhooks = new SignedWebhooks({ ...options, maxBytes });

  async function receive(req: Request): Promise<ScanWebhookDelivery> {
    const { instance } = req.params;
    const { body, once } = await webhooks.receive(
      req,
      instance ? `${connector.id}:${instance}` : connector.id,
      readSignature(req, {
        ...webhook.signature,
        secrets: webhook.secrets(instance),
      }),
    );
    return {
      instance,
      header: name => req.get(name),
      json<T>(schema: object) {
        const payload = parseJson(body);
        validator.validateValue(schema, payload);
        return payload as T;
      },
      once: async accept => (await once(accept)) ?? 'accepted',
    };
  }

  router.post(
    webhook.hasInstances ? `${path}/:instance` : path,
    async (req, res) => {
      const { status, body } = await webhook.receive(await receive(req));
      res.status(status).json(body);
    },
  );
  router.use(path, () => {
    throw new NotFoundError(
      `${connector.title} sends its webhooks by POST to this path${
        webhook.hasInstances ? ' followed by the name of an instance' : ''
      }`,
    );
  });
  router.use(path, answerErrors({ ...options, retryAfterSeconds }));
  return router;
}
