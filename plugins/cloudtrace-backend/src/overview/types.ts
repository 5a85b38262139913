import type {
  HiddenPart,
  Overview,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { CallOptions, RangeQuery } from '../http/types';

/** How an entity is, and what stands out. */
export interface OverviewService {
  getOverview(
    query: RangeQuery,
    options: CallOptions & { parts: ReadonlySet<HiddenPart> },
  ): Promise<Omit<Overview, 'hidden'>>;
}
