import { setTimeout as sleep } from 'node:timers/promises';
import { SourceError } from './SourceError';

/** Options of {@link fetchJson}. @public */
export interface FetchJsonOptions {
  headers?: Record<string, string>;
  /** Time limit of one response with its body. Defaults to 20 seconds. */
  timeoutMs?: number;
  /** Largest body. Defaults to 5 MiB. */
  maxBytes?: number;
  /** Longest `Retry-After` of a 429 or 503 to wait for, twice at most. Defaults to 60 seconds. */
  maxRetryWaitMs?: number;
  /** Ends the wait, for example when the backend shuts down. */
  signal?: AbortSignal;
}

const MAX_WAITS = 2;

/**
 * Fetches JSON from outside. Rejects redirects, because they could lead the
 * credentials to another host, and limits size and time. Messages contain the
 * path but neither the query nor any part of the response.
 *
 * @throws SourceError that explains what went wrong
 *
 * @public
 */
export async function fetchJson(
  url: string | URL,
  options: FetchJsonOptions = {},
): Promise<unknown> {
  const { maxRetryWaitMs = 60_000, signal } = options;
  for (let waits = 0; ; waits++) {
    try {
      return await fetchOnce(new URL(url), options);
    } catch (error) {
      const waitMs =
        error instanceof SourceError ? error.details.retryAfterMs : undefined;
      if (
        waitMs === undefined ||
        waitMs > maxRetryWaitMs ||
        waits >= MAX_WAITS
      ) {
        throw error;
      }
      await sleep(waitMs, undefined, { signal });
    }
  }
}

async function fetchOnce(
  url: URL,
  options: FetchJsonOptions,
): Promise<unknown> {
  const { timeoutMs = 20_000, maxBytes = 5 * 1024 * 1024 } = options;
  const where = `${url.host}${url.pathname}`;
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = options.signal
    ? AbortSignal.any([timeout, options.signal])
    : timeout;
  let text: string;
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json', ...options.headers },
      redirect: 'error',
      signal,
    });
    if (!response.ok) {
      // An unread body would keep the connection open.
      response.body?.cancel().catch(() => {});
      throw refused(where, response);
    }
    text = await readText(response, where, maxBytes);
  } catch (error) {
    if (error instanceof SourceError) throw error;
    if (timeout.aborted) {
      throw new SourceError(
        {
          code: 'source-timeout',
          values: { where, time: `${timeoutMs / 1000} s` },
        },
        { cause: error },
      );
    }
    throw new SourceError(
      {
        code: isRedirect(error) ? 'source-redirect' : 'source-unreachable',
        values: { where },
      },
      { cause: error },
    );
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SourceError(
      { code: 'source-invalid-json', values: { where } },
      { status: 200, cause: error },
    );
  }
}

function refused(where: string, response: Response): SourceError {
  const { status, headers } = response;
  if (status === 401 || status === 403) {
    return new SourceError(
      { code: 'source-token-rejected', values: { where, status } },
      { status },
    );
  }
  if (status === 429 || status === 503) {
    return new SourceError(
      { code: 'source-overloaded', values: { where, status } },
      { status, retryAfterMs: readRetryAfter(headers.get('retry-after')) },
    );
  }
  return new SourceError(
    { code: 'source-http-status', values: { where, status } },
    { status },
  );
}

/** Only the text of the cause distinguishes it from a broken connection. */
function isRedirect(error: unknown): boolean {
  return /unexpected redirect/i.test(String((error as Error).cause));
}

function readRetryAfter(value: string | null): number | undefined {
  if (!value) return undefined;
  const ms = /^\d{1,6}$/.test(value.trim())
    ? Number(value) * 1_000
    : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(ms, 0) : undefined;
}

async function readText(
  response: Response,
  where: string,
  maxBytes: number,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const part = await reader?.read();
    if (!part || part.done) return Buffer.concat(chunks).toString('utf8');
    bytes += part.value.byteLength;
    if (bytes > maxBytes) {
      // Does not wait: the other side may never close.
      reader?.cancel().catch(() => {});
      throw new SourceError({
        code: 'source-too-large',
        values: { where, kib: Math.floor(maxBytes / 1024) },
      });
    }
    chunks.push(part.value);
  }
}
