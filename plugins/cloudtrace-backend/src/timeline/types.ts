import type {
  HiddenPart,
  Timeline,
  TimelineEvent,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { CallOptions, RangeQuery } from '../http/types';

/** An environment of an entity and a range of time. */
export interface TimelineScope {
  entityRef: string;
  environment: string;
  from: Date;
  to: Date;
  /** The required kinds of events; a source may skip others. All if absent. */
  kinds?: ReadonlyArray<TimelineEvent['kind']>;
}

/** A source of events of an entity. Each area of the backend provides its own. */
export interface TimelineSource {
  /** The permission for its events: `fleet` and `security` are names of parts. */
  part: HiddenPart;
  /** Returns events that overlap the range, in any order; at most some thousands. */
  events(scope: TimelineScope): Promise<TimelineEvent[]>;
}

/** Lists what happened to an entity. */
export interface TimelineService {
  /** @throws `InputError` for a cursor that the API did not issue */
  getTimeline(
    query: RangeQuery & { kinds?: string[]; cursor?: string; limit: number },
    options: CallOptions & { parts: ReadonlySet<HiddenPart> },
  ): Promise<Omit<Timeline, 'hidden'>>;
}
