import type { Response } from 'node-fetch';
import {
  errorOfStatus,
  foreignNotFound,
  type ClusterCallError,
} from './ClusterCallError';
import { parseRecord } from './parseRecord';
import { readLimited } from './readLimited';

/** A Status of the API server has less than 1 KB. */
const MAX_BYTES = 16 * 1024;
/** Enough for the name of a server and its version. */
const MAX_SENDER_LENGTH = 80;

/** The error of a response that is not a success; frees its connection. */
export async function errorOfResponse(
  response: Response,
): Promise<ClusterCallError> {
  const error = errorOfStatus(
    response.status,
    response.headers.get('retry-after'),
  );
  if (response.status !== 404) {
    response.body.resume();
    return error;
  }
  const body = await readLimited(response, MAX_BYTES).catch(() => '');
  return isFromApi(body) ? error : foreignNotFound(senderOf(response));
}

/**
 * Whether an API server can have sent the body of a 404: a Status for what it
 * lacks in a group that it has, and this text for groups and versions that it
 * lacks. Go programs such as proxies send the same text, so a 404 alone never
 * proves that an API is missing: see `isApiMissing`.
 */
function isFromApi(body: string): boolean {
  if (body.trim() === '404 page not found') return true;
  const status = parseRecord(body);
  return status?.kind === 'Status' && status.reason === 'NotFound';
}

/** Names the sender for people, e.g. `nginx, text/html`. */
function senderOf({ headers }: Response): string {
  const names = [headers.get('server'), headers.get('content-type')].flatMap(
    value => value?.split(';')[0].trim() || [],
  );
  return names.join(', ').slice(0, MAX_SENDER_LENGTH) || '?';
}
