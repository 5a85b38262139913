/** Waits for a promise, at most until the signal is aborted. */
export async function untilAborted(
  promise: Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return;
  await Promise.race([
    promise,
    new Promise<void>(resolve => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    }),
  ]);
}
