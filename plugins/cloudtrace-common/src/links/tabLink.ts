import { TAB_PARAMS } from './tabParams';
import { formatRange, type TimeRange } from './timeRange';

/** A view of the CloudTrace tab, by its path. @public */
export type TabView =
  | 'overview'
  | 'load-distribution'
  | 'requests'
  | 'health-checks'
  | 'scaling-history'
  | 'failover-history'
  | 'metrics'
  | 'security-scans'
  | 'diagnostics';

/** What a link to the CloudTrace tab shows. @public */
export interface TabLink {
  /** Defaults to the tab's first view. */
  view?: TabView;
  /** Defaults to the entity's default environment. */
  environment?: string;
  /** Defaults to the last hour, relative to when the link is opened. */
  range?: TimeRange;
  /** Id of the open failover. */
  failover?: string;
  /** Id of the open finding. */
  finding?: string;
  /** The open request. */
  request?: { traceId: string; spanId: string; startedAt?: string };
  /** Text that findings must contain. */
  search?: string;
}

/** How much time around a moment {@link rangeAround} covers. */
const AROUND_MS = 30 * 60_000;

/**
 * The hour around a moment, in whole seconds: the link shows the same whenever
 * it is opened.
 *
 * @public
 */
export function rangeAround(at: Date): TimeRange {
  const middleMs = Math.floor(at.getTime() / 1000) * 1000;
  return {
    kind: 'absolute',
    fromMs: middleMs - AROUND_MS,
    toMs: middleMs + AROUND_MS,
  };
}

/** URL parameters of a link, as the tab reads them. @public */
export function tabSearch(link: Omit<TabLink, 'view'>): string {
  const { request, range } = link;
  const values: Array<[string, string | undefined]> = [
    [TAB_PARAMS.environment, link.environment],
    [TAB_PARAMS.range, range && formatRange(range)],
    [TAB_PARAMS.failover, link.failover],
    [TAB_PARAMS.finding, link.finding],
    [TAB_PARAMS.request, request && `${request.traceId}-${request.spanId}`],
    [TAB_PARAMS.requestAt, request?.startedAt],
    [TAB_PARAMS.search, link.search],
  ];
  const set = values.filter((pair): pair is [string, string] => !!pair[1]);
  return new URLSearchParams(set).toString();
}

/**
 * Path and parameters of a link to the CloudTrace tab.
 *
 * @param entityPage - Path or URL of the entity's page, see {@link entityPagePath}
 * @public
 */
export function tabLink(entityPage: string, link: TabLink = {}): string {
  const { view, ...state } = link;
  const search = tabSearch(state);
  const path = [entityPage.replace(/\/+$/, ''), 'cloudtrace', view]
    .filter(part => part !== undefined)
    .join('/');
  return search ? `${path}?${search}` : path;
}

/**
 * Path of an entity's page if the catalog has its usual path, for links that
 * the backend creates. @public
 */
export function entityPagePath(entityRef: {
  kind: string;
  namespace: string;
  name: string;
}): string {
  const { namespace, kind, name } = entityRef;
  return `/catalog/${[namespace, kind, name]
    .map(encodeURIComponent)
    .join('/')}`;
}
