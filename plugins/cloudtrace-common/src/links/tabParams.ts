/**
 * Names of the URL parameters in which the CloudTrace tab keeps its state. The
 * tab reads them and every link sets them, so the two cannot differ.
 *
 * @public
 */
export const TAB_PARAMS = {
  environment: 'env',
  range: 'range',
  /** The range before a zoom. */
  back: 'back',
  live: 'live',
  timeZone: 'tz',
  /** Id of the open failover. */
  failover: 'failover',
  /** Id of the open finding. */
  finding: 'finding',
  /** Trace and span id of the open request. */
  request: 'open',
  /** When the open request started. */
  requestAt: 'at',
  /** Text that findings must contain. */
  search: 'search',
  /** Opens the dialog of ingest tokens. */
  tokens: 'tokens',
} as const;
