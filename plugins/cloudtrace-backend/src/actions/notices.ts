import type { FleetNotice } from '@cloudtrace/plugin-cloudtrace-common';
import { outsideText, outsideTextSchema } from './outsideText';
import type { Zod } from './types';

/** Schema of why a source returned no data or only a part. */
export function noticesSchema(z: Zod) {
  return z
    .array(
      z.object({
        code: z.string(),
        message: outsideTextSchema(z, 'What is missing'),
        nextStep: outsideTextSchema(z, 'What to do about it').optional(),
      }),
    )
    .describe('Why data is missing, if so');
}

const MAX_NOTICES = 10;

export function toNotices(notices: readonly FleetNotice[]) {
  return notices.slice(0, MAX_NOTICES).map(({ code, message, nextStep }) => ({
    code,
    message: outsideText(message),
    nextStep: outsideText(nextStep),
  }));
}

/** Schema of whether there is anything to show. */
export function availabilitySchema(z: Zod) {
  return z
    .enum(['data', 'empty', 'not-linked', 'no-provider'])
    .describe(
      'data; empty: linked, but nothing was collected yet; not-linked: no resource was found for the service; no-provider: the portal reads no cloud. Without data, the state is unknown.',
    );
}
