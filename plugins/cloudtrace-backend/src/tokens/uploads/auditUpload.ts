import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type { Response } from 'express';

/**
 * Records an upload by a CI run for audit, with its outcome once it is answered.
 *
 * @remarks
 * The request is not given to the auditor: it would look for Backstage
 * credentials in it and refuse those of the CI.
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
                ? 'The sender went away'
                : `Answered with ${status}`,
            ),
          });
    outcome.catch(error =>
      logger.error('Could not record an upload for audit', error),
    );
  });
}
