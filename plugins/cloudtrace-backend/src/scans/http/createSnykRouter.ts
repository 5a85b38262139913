import {
  AuthenticationError,
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SnykWebhook } from '@cloudtrace/plugin-cloudtrace-common';
import type { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { Knex } from 'knex';
import { answerErrors } from '../../http/answerErrors';
import { parseJson } from '../../http/parseJson';
import { SignedWebhooks } from './SignedWebhooks';
import type { RequestValidator } from '../../schema/RequestValidator';
import type { ProjectQueue } from '../sources/snyk/ProjectQueue';
import { isSignature, verifySignature } from '../sources/snyk/verifySignature';

/** Path that takes signed webhooks instead of Backstage credentials. */
export const SNYK_WEBHOOK_PATH = '/webhooks/snyk';

const MAX_BYTES = 1024 * 1024;

/**
 * Webhooks of Snyk. Nothing of the body is used but the ids of organisation and
 * project, and only after its signature was checked: what Snyk found is pulled.
 */
export function createSnykRouter(options: {
  knex: Knex;
  logger: LoggerService;
  secrets: readonly string[];
  orgs: readonly string[];
  queue: ProjectQueue;
  validator: RequestValidator;
}): Router {
  const { queue, orgs } = options;
  const router = PromiseRouter({ caseSensitive: true });
  const webhooks = new SignedWebhooks({ ...options, maxBytes: MAX_BYTES });

  function readProject(body: Uint8Array) {
    const payload = parseJson(body) as SnykWebhook;
    options.validator.validateSchema('SnykWebhook', payload);
    return {
      orgId: payload.org.id.toLowerCase(),
      projectId: payload.project.id.toLowerCase(),
    };
  }

  router.post(SNYK_WEBHOOK_PATH, async (req, res) => {
    const { body, once } = await webhooks.receive(
      req,
      'snyk',
      signatureOf(req, options.secrets),
    );
    const event = req.get('x-snyk-event') ?? '';
    if (event.split('/')[0] !== 'project_snapshot') {
      res.status(200).json({ status: event === 'ping/v0' ? 'ok' : 'ignored' });
      return;
    }
    if (event !== 'project_snapshot/v0') {
      throw new InputError('Of project_snapshot only the version v0 is known');
    }
    const project = readProject(body);
    if (!orgs.includes(project.orgId)) {
      res.status(200).json({ status: 'ignored' });
      return;
    }
    const outcome = await once(async () => {
      if (!queue.add(project)) {
        throw new ServiceUnavailableError(
          'Too many projects wait to be pulled; send it again',
        );
      }
    });
    if (outcome === 'replayed') res.status(200).json({ status: 'replayed' });
    else res.status(202).json({ status: 'accepted' });
  });
  router.use(SNYK_WEBHOOK_PATH, () => {
    throw new NotFoundError('Snyk sends its webhooks by POST to this path');
  });
  router.use(
    SNYK_WEBHOOK_PATH,
    answerErrors({ ...options, retryAfterSeconds: 30 }),
  );
  return router;
}

function signatureOf(req: Request, secrets: readonly string[]) {
  const header = req.get('x-hub-signature');
  return {
    isWellFormed: isSignature(header),
    isGenuine: (body: Uint8Array) =>
      isSignature(header) && verifySignature(body, header, secrets),
    refuse: () =>
      new AuthenticationError('The signature in X-Hub-Signature is wrong'),
  };
}
