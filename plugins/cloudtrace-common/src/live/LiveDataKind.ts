/**
 * Kinds of data that signals distinguish: requests, the state of the fleet with
 * its failovers, results of scanners, and events that pipelines and clouds
 * report.
 *
 * @public
 */
export const LIVE_DATA_KINDS = [
  'requests',
  'fleet',
  'scans',
  'events',
] as const;

/**
 * A kind of data that changes while a page is open.
 *
 * @public
 */
export type LiveDataKind = (typeof LIVE_DATA_KINDS)[number];

/**
 * Content of a signal to open pages. Signals have no permission check, so it
 * names only the kinds of data that changed, never the data or its entity.
 *
 * @public
 */
export interface LivePing {
  changed: LiveDataKind[];
}
