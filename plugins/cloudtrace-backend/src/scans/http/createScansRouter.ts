import type { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import {
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  entityPagePath,
  rangeAround,
  tabLink,
  type UploadScanQuery,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { answerErrors } from '../../http/answerErrors';
import { BodyReader } from '../../http/BodyReader';
import type { RequestValidator } from '../../schema/RequestValidator';
import {
  createUploadGuard,
  senderOf,
} from '../../tokens/uploads/createUploadGuard';
import type { UploadAuthenticator } from '../../tokens/uploads/types';
import type { ScanImporterRegistry } from '../ScanImporterRegistry';
import type { ScanImportService } from '../ScanImportService';
import { bodyLimits } from '../worker/decodeScan';
import { httpError } from '../../http/httpError';

/** Path that accepts ingest and CI tokens instead of Backstage credentials. */
export const SCANS_PATH = '/scans';

const limits = { timeoutMs: 60_000, maxPerSender: 8, maxTotal: 128 };

/**
 * Accepts uploads of scan results from pipelines. Checks the token before
 * reading the body. Serves nothing else below this path, because all of it is
 * open to callers without Backstage credentials.
 */
export function createScansRouter(options: {
  scans: ScanImportService;
  importers: ScanImporterRegistry;
  uploads: UploadAuthenticator;
  validator: RequestValidator;
  logger: LoggerService;
  /** Base URL of the portal, for the link to the view. */
  appBaseUrl: string | undefined;
}): Router {
  const { scans, importers, validator } = options;
  const router = PromiseRouter({ caseSensitive: true });

  const bodies = new BodyReader({
    ...limits,
    maxBytes: bodyLimits.rawBytes,
    yields: 'newest',
  });
  const { authenticate, retryable } = createUploadGuard({
    ...options,
    kind: 'scans',
    what: 'scan',
  });

  router.post(`${SCANS_PATH}/:format`, authenticate, async (req, res) => {
    const sender = senderOf(res);
    const importer = importers.get(req.params.format);
    if (!importer) {
      throw new NotFoundError(
        `Unknown scan format '${req.params.format.slice(
          0,
          64,
        )}'; known formats: ${importers.ids().join(', ')}`,
      );
    }
    const query = validator.validate('uploadScan', {
      params: req.params,
      query: req.query,
    }).query as UploadScanQuery;
    const gzip = readEncoding(req);
    if (scans.busy) {
      throw new ServiceUnavailableError(
        'Too many scans are being read; try again',
      );
    }
    const taken = await retryable(async () => {
      const upload = await bodies.read(req, sender.entityRef, {
        maxBytes: gzip ? bodyLimits.gzipBytes : bodyLimits.rawBytes,
      });
      if (upload.body.length === 0) throw new InputError('The file is empty');
      return scans.import({
        ...sender,
        ...upload,
        importer,
        gzip,
        category: query.category,
        // A CI run cannot choose its ref: a scan of one branch must not replace
        // that of another.
        ref: sender.ref ?? query.ref,
        commit: query.commit,
        checkoutUri: query.checkoutUri,
        analysedAt: query.analysedAt ? new Date(query.analysedAt) : undefined,
      });
    });
    res.status(201).json({
      entityRef: sender.entityRef,
      scans: taken,
      link: tabLink(
        `${(options.appBaseUrl ?? '').replace(/\/$/, '')}${entityPagePath(
          parseEntityRef(sender.entityRef),
        )}`,
        {
          view: 'security-scans',
          environment: sender.environment,
          range: rangeAround(new Date()),
        },
      ),
    });
  });
  router.use(SCANS_PATH, () => {
    throw new NotFoundError(
      `Upload scans with POST /scans/{format}; known formats: ${importers
        .ids()
        .join(', ')}`,
    );
  });
  router.use(SCANS_PATH, answerErrors(options));
  return router;
}

function readEncoding(req: Request): boolean {
  const type = req.headers['content-type'];
  if (
    type !== undefined &&
    !/^application\/(([\w.]+\+)?json|octet-stream|gzip)\s*(;|$)/i.test(type)
  ) {
    throw httpError(
      415,
      'UnsupportedMediaTypeError',
      'The content type must be application/json or application/sarif+json',
    );
  }
  const encoding = (req.headers['content-encoding'] ?? 'identity')
    .trim()
    .toLowerCase();
  if (!['gzip', 'identity', ''].includes(encoding)) {
    throw httpError(
      415,
      'UnsupportedMediaTypeError',
      'The content encoding must be gzip or identity',
    );
  }
  return encoding === 'gzip' || /^application\/gzip/i.test(type ?? '');
}
