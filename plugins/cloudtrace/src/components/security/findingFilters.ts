import {
  TAB_PARAMS,
  type FindingState,
  type ListFindingsQuery,
  type Severity,
} from '@cloudtrace/plugin-cloudtrace-common';
import { SEVERITIES } from './severityColors';

/** States of a finding, in the order of the filter. */
export const STATES: FindingState[] = [
  'open',
  'accepted',
  'false-positive',
  'fixed',
];

/** Orders of the list. */
export const SORTS = [
  'severity',
  'firstSeenAt',
  'lastSeenAt',
  'title',
] as const;

/** Reads the filters from the URL; unknown values count as absent. */
export function readFindingQuery(params: URLSearchParams): ListFindingsQuery {
  const state = STATES.filter(item => params.getAll('state').includes(item));
  const severity = SEVERITIES.filter(item =>
    params.getAll('severity').includes(item),
  ) as Severity[];
  const sort = SORTS.find(item => item === params.get('sort')) ?? 'severity';
  return {
    state: state.length > 0 ? state : ['open'],
    severity: severity.length > 0 ? severity : undefined,
    tool: params.getAll('tool').length > 0 ? params.getAll('tool') : undefined,
    search: params.get(TAB_PARAMS.search)?.trim() || undefined,
    isNew: params.get('new') === 'only' || undefined,
    sort,
    order: sort === 'title' ? 'asc' : 'desc',
    cursor: params.get('cursor') ?? undefined,
  };
}

/** Returns a link to the public database of a CVE or CWE. */
export function idHref(id: string): string | undefined {
  if (/^CVE-\d{4}-\d{4,}$/i.test(id)) {
    return `https://nvd.nist.gov/vuln/detail/${id.toUpperCase()}`;
  }
  const cwe = /^CWE-(\d{1,5})$/i.exec(id);
  return cwe
    ? `https://cwe.mitre.org/data/definitions/${cwe[1]}.html`
    : undefined;
}
