import { isTemporary } from '../http/isTemporary';

/**
 * Why an export failed, for readers of Diagnostics. Messages of the database
 * contain statements and stay in the log.
 */
export function describeFailure(error: Error): string {
  return 'severity' in error || isTemporary(error)
    ? 'the database failed; the log of the portal says why'
    : error.message;
}
