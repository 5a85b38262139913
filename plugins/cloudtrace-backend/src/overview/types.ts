import type {
  HiddenPart,
  Overview,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { CallOptions, RangeQuery } from '../http/types';

/** The state of an entity, and what stands out. */
export interface OverviewService {
  getOverview(
    query: RangeQuery,
    options: CallOptions & { parts: ReadonlySet<HiddenPart> },
  ): Promise<Omit<Overview, 'hidden'>>;
}
