import type {
  FailoverDetails,
  FailoverPage,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { CallOptions, RangeQuery } from '../http/types';

/** Answers questions about the failovers of an entity. */
export interface FailoverService {
  /** @throws `InputError` for a cursor that was not given out. */
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
