import type {
  FailoverDetails,
  FailoverPage,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { CallOptions, RangeQuery } from '../http/types';

/** Reads the failovers of an entity. */
export interface FailoverService {
  /** @throws `InputError` for a cursor that the API did not issue. */
  listFailovers(
    query: RangeQuery & {
      subjectKinds?: string[];
      cursor?: string;
      limit: number;
    },
    options: CallOptions,
  ): Promise<FailoverPage>;
  /** @throws `NotFoundError` if the entity has no such failover. */
  getFailover(
    query: { entityRef: string; failoverId: string },
    options: CallOptions,
  ): Promise<FailoverDetails>;
}
