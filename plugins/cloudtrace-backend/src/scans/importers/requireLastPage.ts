import { ScanFormatError } from '@cloudtrace/plugin-cloudtrace-node';
import type { JsonReader } from './JsonReader';

/**
 * One page of several would make the rest look fixed.
 *
 * @throws If the answer of an AWS API says that more follows
 */
export function requireLastPage(root: JsonReader): void {
  for (const key of ['NextToken', 'nextToken']) {
    if (root.at(key).text()) {
      throw new ScanFormatError(
        `${key} says that more findings follow; send all pages as one document (the AWS CLI joins them unless --max-items is given)`,
      );
    }
  }
}
