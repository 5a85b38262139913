import type { FleetPage } from '@cloudtrace/plugin-cloudtrace-common';
import type { CallOptions } from '../http/types';
import type { VisibleParts } from '../permissions/partPermissions';

/** Which services to list. */
export interface FleetPageQuery {
  environment?: string;
  from: Date;
  to: Date;
  owner?: string;
  system?: string;
  query?: string;
  cursor?: string;
  limit: number;
}

/** The parts of each entity that the caller may see; `undefined` for a hidden entity. */
export type FindVisible = (
  entityRefs: readonly string[],
) => Promise<Array<VisibleParts | undefined>>;

/** Lists services across all entities, the most urgent first. */
export interface FleetPageService {
  list(
    query: FleetPageQuery,
    options: CallOptions & { findVisible: FindVisible },
  ): Promise<FleetPage>;
}
