import { pathOf, type WatchCall } from '../calls/watchCalls';
import type { ClusterClient } from '../client/ClusterClient';
import { errorOfCause, unreadable } from '../client/ClusterCallError';
import { Deadline } from '../client/Deadline';
import { parseRecord } from '../client/parseRecord';
import { listOf, recordOf, textOf } from '../store/readers';
import { prune } from '../store/prune';
import type { WatchedObject } from '../objects/types';

/** Objects per page of a list call. */
const PAGE_SIZE = 500;
const PAGE_TIMEOUT_MS = 60_000;

/** All objects of a kind at one resource version. */
export interface ListedObjects {
  objects: WatchedObject[];
  resourceVersion: string;
}

/** Lists all objects of a kind page by page, pruned. */
export async function listAll(options: {
  client: ClusterClient;
  call: WatchCall;
  signal: AbortSignal;
}): Promise<ListedObjects> {
  const { client, call, signal } = options;
  const objects: WatchedObject[] = [];
  let token: string | undefined;
  for (;;) {
    const page = await readPage(client, pagePath(call, token), signal);
    for (const item of listOf(page.items)) {
      objects.push(prune(call.kind, recordOf(item)));
    }
    const metadata = recordOf(page.metadata);
    token = textOf(metadata.continue);
    if (token) continue;
    const resourceVersion = textOf(metadata.resourceVersion);
    if (!resourceVersion) throw unreadable('kubernetes-no-version');
    return { objects, resourceVersion };
  }
}

function pagePath(call: WatchCall, token: string | undefined): string {
  const query = new URLSearchParams({ limit: `${PAGE_SIZE}` });
  if (token) query.set('continue', token);
  return `${pathOf(call)}?${query}`;
}

async function readPage(
  client: ClusterClient,
  path: string,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  const text = await readText(client, path, signal);
  const page = parseRecord(text);
  if (!page || !Array.isArray(page.items)) {
    throw unreadable('kubernetes-no-list');
  }
  return page;
}

async function readText(
  client: ClusterClient,
  path: string,
  signal: AbortSignal,
): Promise<string> {
  const deadline = new Deadline(signal, PAGE_TIMEOUT_MS);
  try {
    const response = await client.get(path, deadline.signal);
    return await response.text();
  } catch (error) {
    const { aborted, reason } = deadline.signal;
    throw errorOfCause(aborted ? reason : error);
  } finally {
    deadline.end();
  }
}
