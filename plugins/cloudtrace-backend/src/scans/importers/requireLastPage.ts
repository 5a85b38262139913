import { ScanFormatError } from '@cloudtrace/plugin-cloudtrace-node';
import type { JsonReader } from './JsonReader';

/**
 * Rejects a page that is not the last: the missing findings would look fixed.
 *
 * @throws If the response of an AWS API indicates more pages
 */
export function requireLastPage(root: JsonReader): void {
  for (const key of ['NextToken', 'nextToken']) {
    if (root.at(key).text()) {
      throw new ScanFormatError(
        `${key} indicates that more findings follow; send all pages as one document (the AWS CLI joins them unless --max-items is given)`,
      );
    }
  }
}
