import type { ClusterClient } from '../client/ClusterClient';
import { unreadable, type ClusterCallError } from '../client/ClusterCallError';
import { parseRecord } from '../client/parseRecord';
import { readLimited } from '../client/readLimited';
import { listOf, recordOf } from '../store/readers';
import { API_GROUPS_PATH, type WatchCall } from './watchCalls';

/** Clusters with hundreds of groups send less than 1 MB. */
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * Whether a failed call failed because the cluster does not have its API. Only
 * the cluster's own list of groups proves that: proxies answer 404 as well, in
 * the same words as the API server or as a Status of their own.
 *
 * @throws ClusterCallError if the list of groups cannot be read
 */
export async function isApiMissing(options: {
  client: Pick<ClusterClient, 'get'>;
  api: Pick<WatchCall, 'group' | 'version'>;
  /** Why the call failed. */
  error: ClusterCallError;
  signal: AbortSignal;
}): Promise<boolean> {
  const { client, api, error, signal } = options;
  if (error.status !== 404 || !api.group) return false;
  const response = await client.get(API_GROUPS_PATH, signal);
  const groups = parseRecord(await readLimited(response, MAX_BYTES))?.groups;
  if (!Array.isArray(groups)) throw unreadable('kubernetes-no-list');
  return !groups
    .map(recordOf)
    .some(
      ({ name, versions }) =>
        name === api.group &&
        listOf(versions).some(each => recordOf(each).version === api.version),
    );
}
