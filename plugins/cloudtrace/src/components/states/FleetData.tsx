import { useApi } from '@backstage/frontend-plugin-api';
import type {
  FleetAvailability,
  FleetNotice,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { ReactNode } from 'react';
import { cloudtraceApiRef, type CloudtraceApi } from '../../api/CloudtraceApi';
import type { ResolvedRange } from '../../lib/timeRange';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useLiveQuery, type RangeArguments } from '../../state/useLiveQuery';
import { FleetNotices } from './FleetNotices';
import { FleetUnavailable } from './FleetUnavailable';
import { QueryStates } from './QueryStates';

/** The fields that every response about a fleet has. */
export interface FleetAnswer {
  /** ISO 8601, UTC. */
  from: string;
  to: string;
  availability: FleetAvailability;
  notices: FleetNotice[];
}

/**
 * Loads what fleet providers collected in the selected range, and shows it in
 * the states that all fleet views share: loading, not linked, error, notices,
 * data.
 */
export function FleetData<T extends FleetAnswer>(props: {
  /** Identifies the response in the cache. */
  name: string;
  /** Name of the loaded data, for screen readers. */
  what: string;
  /** Everything except environment and range that the response depends on. */
  parameters?: unknown;
  read: (
    api: CloudtraceApi,
    entityRef: string,
    range: RangeArguments,
    options: { signal: AbortSignal },
  ) => Promise<T>;
  /** Whether there is history to show although no provider is connected any more. */
  hasHistory?: (data: T) => boolean;
  /** `domain` is the time axis of all charts of the view. */
  children: (data: T, domain: ResolvedRange) => ReactNode;
}) {
  const { name, what, parameters, read, hasHistory, children } = props;
  const api = useApi(cloudtraceApiRef);
  const { entityRef } = useCloudtrace();
  const query = useLiveQuery({
    name,
    kinds: ['fleet'],
    parameters,
    read: (range, signal) => read(api, entityRef, range, { signal }),
  });
  return (
    <QueryStates
      query={query}
      what={what}
      permission="cloudtrace.fleet.read"
      empty={data =>
        data.availability === 'data' || hasHistory?.(data) ? undefined : (
          <FleetUnavailable
            availability={data.availability}
            notices={data.notices}
          />
        )
      }
    >
      {data => (
        <>
          <FleetNotices notices={data.notices} />
          {children(data, {
            fromMs: Date.parse(data.from),
            toMs: Date.parse(data.to),
          })}
        </>
      )}
    </QueryStates>
  );
}
