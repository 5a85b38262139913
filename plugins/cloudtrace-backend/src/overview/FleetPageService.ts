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

/** What the caller may see of each entity; `undefined` for an entity that the caller may not see. */
export type FindVisible = (
  entityRefs: readonly string[],
) => Promise<Array<VisibleParts | undefined>>;

/** Lists services over all entities, the most urgent first. */
export interface FleetPageService {
  list(
    query: FleetPageQuery,
    options: CallOptions & { findVisible: FindVisible },
  ): Promise<FleetPage>;
}
