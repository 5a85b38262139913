import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until a value is there that the test can continue with. */
export async function waitFor<T>(
  what: string,
  find: () => T | undefined | false | Promise<T | undefined | false>,
  timeoutMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await find();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`No ${what} in ${timeoutMs} ms`);
    await sleep(25);
  }
}
