import { pathOf, type WatchCall } from '../calls/watchCalls';
import type { ClusterClient } from '../client/ClusterClient';
import { errorOfCause, unreadable } from '../client/ClusterCallError';
import { Deadline } from '../client/Deadline';
import { parseRecord } from '../client/parseRecord';
import { readLimited } from '../client/readLimited';
import { listOf, recordOf, textOf } from '../store/readers';
import { prune } from '../store/prune';
import type { WatchedObject } from '../objects/types';

/** Objects per page of a list call. */
const PAGE_SIZE = 500;
const PAGE_TIMEOUT_MS = 60_000;

/** More than any cluster has; what exceeds it is a mistake of a server or a proxy. */
export interface ListLimits {
  /** Of one page, which is one text in memory; with 500 objects of 256 KB each. */
  pageBytes: number;
  /** Of all pages together. */
  totalBytes: number;
  /** Of a million objects. Pages may be empty. */
  pages: number;
}

const LIMITS: ListLimits = {
  pageBytes: 128 * 1024 ** 2,
  totalBytes: 4 * 1024 ** 3,
  pages: 2_000,
};

/** All objects of a kind at one resource version. */
export interface ListedObjects {
  objects: WatchedObject[];
  resourceVersion: string;
}

/** Lists all objects of a kind page by page, pruned. */
export async function listAll(options: {
  client: Pick<ClusterClient, 'get'>;
  call: WatchCall;
  signal: AbortSignal;
  limits?: ListLimits;
}): Promise<ListedObjects> {
  const { client, call, signal, limits = LIMITS } = options;
  const objects: WatchedObject[] = [];
  const tokens = new Set<string>();
  let token: string | undefined;
  let bytes = 0;
  for (;;) {
    const text = await readText(
      client,
      pagePath(call, token),
      Math.min(limits.pageBytes, limits.totalBytes - bytes),
      signal,
    );
    bytes += Buffer.byteLength(text);
    const page = pageOf(text);
    for (const item of listOf(page.items)) {
      objects.push(prune(call.kind, recordOf(item)));
    }
    const metadata = recordOf(page.metadata);
    token = textOf(metadata.continue);
    if (!token) {
      const resourceVersion = textOf(metadata.resourceVersion);
      if (!resourceVersion) throw unreadable('kubernetes-no-version');
      return { objects, resourceVersion };
    }
    // Such a list would never end.
    if (tokens.has(token)) throw unreadable('kubernetes-list-repeated');
    tokens.add(token);
    if (tokens.size >= limits.pages) throw tooLarge();
  }
}

function pagePath(call: WatchCall, token: string | undefined): string {
  const query = new URLSearchParams({ limit: `${PAGE_SIZE}` });
  if (token) query.set('continue', token);
  return `${pathOf(call)}?${query}`;
}

function pageOf(text: string): Record<string, unknown> {
  const page = parseRecord(text);
  if (!page || !Array.isArray(page.items)) {
    throw unreadable('kubernetes-no-list');
  }
  return page;
}

async function readText(
  client: Pick<ClusterClient, 'get'>,
  path: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<string> {
  const deadline = new Deadline(signal, PAGE_TIMEOUT_MS);
  try {
    const response = await client.get(path, deadline.signal);
    return await readLimited(response, maxBytes, tooLarge);
  } catch (error) {
    const { aborted, reason } = deadline.signal;
    throw errorOfCause(aborted ? reason : error);
  } finally {
    deadline.end();
  }
}

function tooLarge() {
  return unreadable('kubernetes-list-too-large');
}
