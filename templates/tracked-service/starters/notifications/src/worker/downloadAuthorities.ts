import { setTimeout as sleep } from 'node:timers/promises';

const attempts = 5;
const timeoutMs = 10_000;

/** Certificate authorities of the database, for a worker without a folder for `DATABASE_CA_FILE`. */
export async function downloadAuthorities(url: string): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await fetch(url, {
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (!answer.ok) throw new Error(`it returned ${answer.status}`);
      return await answer.text();
    } catch (error) {
      if (attempt === attempts) {
        throw new Error(`DATABASE_CA_URL: cannot download ${url}`, {
          cause: error,
        });
      }
      await sleep(attempt * 1_000);
    }
  }
}
