/**
 * Kinds of data that pings tell apart: requests, the state of the fleet with its
 * failovers, results of scanners, and events that pipelines and clouds report.
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
 * Message of a ping to open pages. Signals have no permission check: it says
 * which kinds of data changed, never what or whose.
 *
 * @public
 */
export interface LivePing {
  changed: LiveDataKind[];
}
