import {
  AuthenticationError,
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { SnykWebhook } from '@cloudtrace/plugin-cloudtrace-common';
import type { NextFunction, Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { RequestValidator } from '../../schema/RequestValidator';
import { parseJson } from './parseJson';
import { readUpload } from './readUpload';
import type { ProjectQueue } from '../sources/snyk/ProjectQueue';
import { isSignature, verifySignature } from '../sources/snyk/verifySignature';

/** Path that takes signed webhooks instead of Backstage credentials. */
export const SNYK_WEBHOOK_PATH = '/webhooks/snyk';

const limits = { bodyBytes: 1024 * 1024, timeoutMs: 10_000, atOnce: 16 };

/**
 * Webhooks of Snyk. Nothing of the body is used but the ids of organisation and
 * project, and only after its signature was checked: what Snyk found is pulled.
 */
export function createSnykRouter(options: {
  secrets: readonly string[];
  orgs: readonly string[];
  queue: ProjectQueue;
  validator: RequestValidator;
}): Router {
  const router = PromiseRouter({ caseSensitive: true });
  let reading = 0;

  async function readSigned(req: Request): Promise<Uint8Array> {
    const header = req.get('x-hub-signature');
    if (!isSignature(header)) throw unsigned();
    if (reading >= limits.atOnce) {
      throw new ServiceUnavailableError('Too many webhooks at once');
    }
    reading += 1;
    try {
      const { body } = await readUpload(req, {
        maxBytes: limits.bodyBytes,
        timeoutMs: limits.timeoutMs,
      });
      if (!verifySignature(body, header, options.secrets)) throw unsigned();
      return body;
    } finally {
      reading -= 1;
    }
  }

  router.post(SNYK_WEBHOOK_PATH, async (req, res) => {
    const body = await readSigned(req);
    const event = req.get('x-snyk-event') ?? '';
    if (event.split('/')[0] !== 'project_snapshot') {
      res.status(200).json({ status: event === 'ping/v0' ? 'ok' : 'ignored' });
      return;
    }
    if (event !== 'project_snapshot/v0') {
      throw new InputError('Of project_snapshot only the version v0 is known');
    }
    const payload = parseJson(body) as SnykWebhook;
    options.validator.validateSchema('SnykWebhook', payload);
    const project = {
      orgId: payload.org.id.toLowerCase(),
      projectId: payload.project.id.toLowerCase(),
    };
    if (!options.orgs.includes(project.orgId)) {
      res.status(200).json({ status: 'ignored' });
      return;
    }
    if (!options.queue.add(project, req.get('x-snyk-transport-id'))) {
      throw new ServiceUnavailableError('Too many projects wait to be pulled');
    }
    res.status(202).json({ status: 'accepted' });
  });
  router.use(SNYK_WEBHOOK_PATH, () => {
    throw new NotFoundError('Snyk sends its webhooks by POST to this path');
  });
  router.use(
    SNYK_WEBHOOK_PATH,
    (error: Error, req: Request, res: Response, next: NextFunction) => {
      if (error.name === 'ServiceUnavailableError') {
        res.setHeader('retry-after', '30');
      }
      // What is left of the body is not read.
      if (!req.complete) res.setHeader('connection', 'close');
      next(error);
    },
  );
  return router;
}

/** One answer for everything that is wrong with a signature. */
function unsigned() {
  return new AuthenticationError('The signature in X-Hub-Signature is wrong');
}
