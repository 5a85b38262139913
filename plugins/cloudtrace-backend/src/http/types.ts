import type { BackstageCredentials } from '@backstage/backend-plugin-api';

/** Who calls. */
export interface CallOptions {
  credentials: BackstageCredentials;
}

/** The entity, its environment and the range that a read is about. */
export interface RangeQuery {
  entityRef: string;
  /** The entity's default environment if absent. */
  environment?: string;
  from: Date;
  /** First moment after the range. */
  to: Date;
}
