import { formatError } from './formatErrors';
import type { JsonReader } from './JsonReader';

/**
 * Rejects a page that is not the last: the missing findings would look fixed.
 *
 * @throws If the response of an AWS API indicates more pages
 */
export function requireLastPage(root: JsonReader): void {
  for (const key of ['NextToken', 'nextToken']) {
    if (root.at(key).text()) {
      throw formatError('scan-more-pages', { path: key });
    }
  }
}
