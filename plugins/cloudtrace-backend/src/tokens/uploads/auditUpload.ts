import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type { Response } from 'express';

/**
 * Audits an upload by a CI run, with its outcome after the response.
 *
 * @remarks The request is not passed to the auditor: it would expect Backstage
 * credentials and reject those of the CI.
 */
export async function auditUpload(options: {
  auditor: AuditorService;
  logger: LoggerService;
  res: Response;
  meta: JsonObject;
}): Promise<void> {
  const { auditor, logger, res, meta } = options;
  const event = await auditor.createEvent({
    eventId: 'ci-upload',
    severityLevel: 'medium',
    meta,
  });
  res.once('close', () => {
    const status = res.writableFinished ? res.statusCode : undefined;
    const outcome =
      status !== undefined && status < 400
        ? event.success()
        : event.fail({
            error: new Error(
              status === undefined
                ? 'The sender disconnected'
                : `Responded with ${status}`,
            ),
          });
    outcome.catch(error => logger.error('Could not audit an upload', error));
  });
}
