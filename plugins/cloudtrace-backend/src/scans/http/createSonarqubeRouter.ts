import {
  AuthenticationError,
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { SonarqubeWebhook } from '@cloudtrace/plugin-cloudtrace-common';
import type { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RequestValidator } from '../../schema/RequestValidator';
import { parseJson } from './parseJson';
import { readUpload } from './readUpload';
import type { SonarqubeInstance } from '../sources/sonarqube/readSonarqubeConfig';
import type { SonarqubeSync } from '../sources/sonarqube/SonarqubeSync';

/** Path that takes signatures instead of Backstage credentials. */
export const SONARQUBE_WEBHOOK_PATH = '/webhooks/sonarqube';

const maxBytes = 256 * 1024;
const bodyTimeoutMs = 10_000;
/** Bodies that are held at the same time, whoever sends them. */
const maxReading = 32;

/**
 * SonarQube's webhooks. The signature is checked before anything of the body
 * is looked at; the answer is the same for instances that do not exist.
 */
export function createSonarqubeRouter(options: {
  instances: readonly SonarqubeInstance[];
  sync: Pick<SonarqubeSync, 'accept'>;
  validator: RequestValidator;
}): Router {
  const { instances, sync, validator } = options;
  const router = PromiseRouter({ caseSensitive: true });
  let reading = 0;

  async function readSigned(req: Request, secret: string | undefined) {
    const signature = req.headers['x-sonar-webhook-hmac-sha256'];
    // Without a chance to be right the body is not read.
    if (typeof signature !== 'string' || !/^[0-9a-f]{64}$/i.test(signature)) {
      throw unsigned();
    }
    if (reading >= maxReading) throw busy();
    reading += 1;
    try {
      const { body } = await readUpload(req, {
        maxBytes,
        timeoutMs: bodyTimeoutMs,
      });
      const expected = createHmac('sha256', secret ?? '')
        .update(body)
        .digest();
      const isSame = timingSafeEqual(expected, Buffer.from(signature, 'hex'));
      if (!isSame || secret === undefined) throw unsigned();
      return body;
    } finally {
      reading -= 1;
    }
  }

  router.post(
    `${SONARQUBE_WEBHOOK_PATH}/:instance`,
    async (req: Request, res: Response) => {
      const instance = instances.find(
        ({ name }) => name === req.params.instance,
      );
      try {
        const body = await readSigned(req, instance?.webhookSecret);
        const payload = parseJson(body) as SonarqubeWebhook;
        validator.validateSchema('SonarqubeWebhook', payload);
        // Branches and pull requests come and go; their findings would stay.
        const isWanted =
          payload.status === 'SUCCESS' && payload.branch?.isMain !== false;
        if (
          isWanted &&
          !sync.accept({
            instance: instance!.name,
            projectKey: payload.project.key,
            analysedAt: readAnalysedAt(payload),
          })
        ) {
          throw busy();
        }
      } catch (error) {
        if ((error as Error).name === 'ServiceUnavailableError') {
          res.setHeader('retry-after', '60');
        }
        // What is left of the body is not read.
        if (!req.complete) res.setHeader('connection', 'close');
        throw error;
      }
      // The same for projects that nobody knows.
      res.status(202).json({ accepted: true });
    },
  );
  router.use(SONARQUBE_WEBHOOK_PATH, () => {
    throw new NotFoundError('Webhooks are taken by POST');
  });
  return router;
}

/**
 * Together with the task it names what happened. SonarQube also sends without
 * a task, when somebody changed issues of an analysis that was sent before.
 */
function readAnalysedAt(payload: SonarqubeWebhook): Date | undefined {
  if (!payload.taskId || !payload.analysedAt) return undefined;
  const at = new Date(payload.analysedAt);
  if (Number.isNaN(+at)) throw new InputError('analysedAt is no date');
  return at;
}

const unsigned = () =>
  new AuthenticationError('The signature is missing or wrong');
const busy = () =>
  new ServiceUnavailableError('Too many webhooks are waiting; send it again');
