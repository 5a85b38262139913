/** Polls a URL until it responds with a 2xx status, or `alive` rejects. */
export async function waitForUrl(url, alive, { timeoutMs = 180_000 } = {}) {
  const deadline = Date.now() + timeoutMs;
  let last = 'no response';
  const poll = async () => {
    while (Date.now() < deadline) {
      try {
        const response = await fetch(url, {
          signal: AbortSignal.timeout(5_000),
        });
        if (response.ok) return;
        last = `status ${response.status}`;
      } catch (error) {
        last = error.cause?.code ?? error.message;
      }
      await new Promise(resolve => setTimeout(resolve, 200));
    }
    throw new Error(
      `${url} did not become ready within ${timeoutMs / 1000} s (${last})`,
    );
  };
  await Promise.race([poll(), alive]);
}
