import { jsonError } from './jsonError';

/** @throws `InputError` without an excerpt of the body */
export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch (error) {
    throw jsonError(error as Error);
  }
}
