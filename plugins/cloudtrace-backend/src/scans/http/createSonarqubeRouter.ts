import {
  AuthenticationError,
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { SonarqubeWebhook } from '@cloudtrace/plugin-cloudtrace-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { Knex } from 'knex';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { answerErrors } from '../../http/answerErrors';
import { parseJson } from '../../http/parseJson';
import { SignedWebhooks } from './SignedWebhooks';
import type { RequestValidator } from '../../schema/RequestValidator';
import type { SonarqubeInstance } from '../sources/sonarqube/readSonarqubeConfig';
import type { SonarqubeSync } from '../sources/sonarqube/SonarqubeSync';

/** Path that takes signatures instead of Backstage credentials. */
export const SONARQUBE_WEBHOOK_PATH = '/webhooks/sonarqube';

const MAX_BYTES = 256 * 1024;

/**
 * SonarQube's webhooks. The signature is checked before anything of the body
 * is used; the answer is the same for instances that do not exist.
 */
export function createSonarqubeRouter(options: {
  knex: Knex;
  logger: LoggerService;
  instances: readonly SonarqubeInstance[];
  sync: Pick<SonarqubeSync, 'accept'>;
  validator: RequestValidator;
}): Router {
  const { instances, sync, validator } = options;
  const router = PromiseRouter({ caseSensitive: true });
  const webhooks = new SignedWebhooks({ ...options, maxBytes: MAX_BYTES });

  router.post(
    `${SONARQUBE_WEBHOOK_PATH}/:instance`,
    async (req: Request, res: Response) => {
      const instance = instances.find(
        ({ name }) => name === req.params.instance,
      );
      const { body, once } = await webhooks.receive(
        req,
        `sonarqube:${instance?.name}`,
        signatureOf(req, instance?.webhookSecret),
      );
      const payload = parseJson(body) as SonarqubeWebhook;
      validator.validateSchema('SonarqubeWebhook', payload);
      const accept = async () => {
        const delivery = {
          instance: instance!.name,
          projectKey: payload.project.key,
          analysedAt: readAnalysedAt(payload),
        };
        if (!sync.accept(delivery)) {
          throw new ServiceUnavailableError(
            'Too many webhooks are waiting; send it again',
          );
        }
      };
      let outcome: void | 'replayed' = undefined;
      if (isWanted(payload)) {
        // Without a task the same body may say something new, see below.
        outcome = await (payload.taskId ? once(accept) : accept());
      }
      // The same for projects that nobody knows.
      if (outcome === 'replayed') res.status(200).json({ accepted: false });
      else res.status(202).json({ accepted: true });
    },
  );
  router.use(SONARQUBE_WEBHOOK_PATH, () => {
    throw new NotFoundError('Webhooks are sent by POST');
  });
  router.use(
    SONARQUBE_WEBHOOK_PATH,
    answerErrors({ ...options, retryAfterSeconds: 60 }),
  );
  return router;
}

/** Branches and pull requests come and go; their findings would stay. */
function isWanted(payload: SonarqubeWebhook): boolean {
  return payload.status === 'SUCCESS' && payload.branch?.isMain !== false;
}

function signatureOf(req: Request, secret: string | undefined) {
  const given = req.headers['x-sonar-webhook-hmac-sha256'];
  const isWellFormed =
    typeof given === 'string' && /^[0-9a-f]{64}$/i.test(given);
  return {
    isWellFormed,
    isGenuine(body: Uint8Array) {
      // Computed without a secret, too: the time must not tell instances apart.
      const own = createHmac('sha256', secret ?? '')
        .update(body)
        .digest();
      const isSame = timingSafeEqual(own, Buffer.from(given as string, 'hex'));
      return isSame && secret !== undefined;
    },
    refuse: () => new AuthenticationError('The signature is missing or wrong'),
  };
}

/**
 * Together with the task it names what happened. SonarQube also sends without
 * a task, when somebody changed issues of an analysis that was sent before.
 */
function readAnalysedAt(payload: SonarqubeWebhook): Date | undefined {
  if (!payload.taskId || !payload.analysedAt) return undefined;
  const at = new Date(payload.analysedAt);
  if (Number.isNaN(at.getTime())) throw new InputError('analysedAt is no date');
  return at;
}
