/**
 * Returns the start of the unfinished step, in ms: its partial count must not
 * look like a drop. Returns `undefined` if every step of the response is
 * complete.
 */
export function unfinishedSince(
  answer: {
    /** ISO 8601; a multiple of the step. */
    from: string;
    /** End, rounded up to a whole step: it can be in the future. */
    to: string;
    stepMs: number;
  },
  nowMs = Date.now(),
): number | undefined {
  const fromMs = Date.parse(answer.from);
  const endMs = Math.min(Date.parse(answer.to), nowMs);
  const restMs = (endMs - fromMs) % answer.stepMs;
  return restMs > 0 ? endMs - restMs : undefined;
}
