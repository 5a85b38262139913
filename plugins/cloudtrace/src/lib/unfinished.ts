/**
 * Start of the step that is still filling up, in ms: what it has counted so far
 * must not look like a fall. `undefined` if every step of the answer is over.
 */
export function unfinishedSince(
  answer: {
    /** ISO 8601; a whole step. */
    from: string;
    /** End, rounded up to a whole step: it can lie ahead. */
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
