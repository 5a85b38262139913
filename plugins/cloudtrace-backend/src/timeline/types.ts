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
  /** Which kinds of events are needed; a source may leave out others. All without. */
  kinds?: ReadonlyArray<TimelineEvent['kind']>;
}

/** Something that knows events of an entity. Each area of the backend brings its own. */
export interface TimelineSource {
  /** Permission that its events need: `fleet` and `security` are the parts' names. */
  part: HiddenPart;
  /** Events that overlap the range, in any order; at most some thousands. */
  events(scope: TimelineScope): Promise<TimelineEvent[]>;
}

/** What happened. */
export interface TimelineService {
  /** @throws `InputError` for a cursor that was not given out. */
  getTimeline(
    query: RangeQuery & { kinds?: string[]; cursor?: string; limit: number },
    options: CallOptions & { parts: ReadonlySet<HiddenPart> },
  ): Promise<Omit<Timeline, 'hidden'>>;
}
