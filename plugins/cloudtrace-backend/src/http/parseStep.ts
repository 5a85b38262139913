import { InputError } from '@backstage/errors';
import { parseStepMs } from '@cloudtrace/plugin-cloudtrace-common';

/** Most points that a series may have. */
const MAX_POINTS = 1500;

/**
 * Reads `step`; `undefined` leaves the choice to the service.
 *
 * @throws `InputError` if the range would be cut into too many points
 */
export function parseStep(
  step: string | undefined,
  range: { from: Date; to: Date },
): number | undefined {
  if (step === undefined || step === 'auto') return undefined;
  const stepMs = parseStepMs(step);
  if (stepMs === undefined) {
    throw new InputError(
      `Invalid query parameter 'step': '${step}' is none of auto, 5m, 1h, 1d`,
    );
  }
  const points = Math.ceil(
    (range.to.getTime() - range.from.getTime()) / stepMs,
  );
  if (points > MAX_POINTS) {
    throw new InputError(
      `Invalid query parameter 'step': the range would have ${points} points, at most ${MAX_POINTS} are possible; take a longer step or 'auto'`,
    );
  }
  return stepMs;
}
