import type { BackstageCredentials } from '@backstage/backend-plugin-api';

/** Who calls. */
export interface CallOptions {
  credentials: BackstageCredentials;
}

/** The entity, environment and range of a read. */
export interface RangeQuery {
  entityRef: string;
  /** Defaults to the entity's default environment. */
  environment?: string;
  from: Date;
  /** First moment after the range. */
  to: Date;
}
