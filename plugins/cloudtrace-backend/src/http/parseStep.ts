import { InputError } from '@backstage/errors';
import { parseStepMs } from '@cloudtrace/plugin-cloudtrace-common';

/** Maximum number of points in a series. */
const MAX_POINTS = 1500;

/**
 * Reads `step`; `undefined` leaves the choice to the service.
 *
 * @throws `InputError` if the range would have too many points
 */
export function parseStep(
  step: string | undefined,
  range: { from: Date; to: Date },
): number | undefined {
  if (step === undefined || step === 'auto') return undefined;
  const stepMs = parseStepMs(step);
  if (stepMs === undefined) {
    throw new InputError(
      `Invalid query parameter 'step': '${step}' must be auto or a duration such as 5m, 1h or 1d`,
    );
  }
  const points = Math.ceil(
    (range.to.getTime() - range.from.getTime()) / stepMs,
  );
  if (points > MAX_POINTS) {
    throw new InputError(
      `Invalid query parameter 'step': the range would have ${points} points, at most ${MAX_POINTS} are allowed; use a longer step or 'auto'`,
    );
  }
  return stepMs;
}
