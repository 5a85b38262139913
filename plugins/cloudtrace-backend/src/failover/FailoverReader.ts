import { NotFoundError } from '@backstage/errors';
import {
  autoStepMs,
  type FailoverDetails,
  type FailoverPage,
  type FailoverSummary,
  type KeyedSeries,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { findFailover } from './database/findFailover';
import { listFailovers } from './database/listFailovers';
import { unknownCursor } from '../http/cursor';
import { toKeyedSeries } from '../requests/toKeyedSeries';
import type { RequestStore } from '../requests/types';

/** How much time is shown before and after an episode. */
const AROUND_MS = 15 * 60_000;
const MAX_INSTANCES = 12;

/** Reads stored failovers. */
export class FailoverReader {
  readonly #knex: Knex;
  readonly #store: RequestStore;

  constructor(options: { knex: Knex; store: RequestStore }) {
    this.#knex = options.knex;
    this.#store = options.store;
  }

  /** @throws `InputError` for a cursor that the API did not issue. */
  async list(query: {
    entityRef: string;
    environment: string;
    from: Date;
    to: Date;
    subjectKinds?: string[];
    cursor?: string;
    limit: number;
  }): Promise<
    Pick<FailoverPage, 'items' | 'nextCursor' | 'total' | 'statistics'>
  > {
    const stored = await listFailovers(this.#knex, query);
    const all = stored
      .map(({ summary }) => summary)
      .filter(
        ({ subject }) =>
          !query.subjectKinds?.length ||
          query.subjectKinds.includes(subject.kind),
      );
    let start = 0;
    if (query.cursor) {
      start = all.findIndex(item => item.failoverId === query.cursor) + 1;
      if (start === 0) throw unknownCursor();
    }
    const items = all.slice(start, start + query.limit);
    return {
      items,
      nextCursor:
        start + query.limit < all.length ? items.at(-1)?.failoverId : undefined,
      total: all.length,
      statistics: statisticsOf(all),
    };
  }

  /** @throws `NotFoundError` if the entity has no such failover. */
  async get(query: {
    entityRef: string;
    failoverId: string;
  }): Promise<FailoverDetails> {
    const known = await findFailover(this.#knex, query);
    if (!known) {
      throw new NotFoundError(`Failover ${query.failoverId} not found`);
    }
    const { summary, steps } = known.failover;
    const from = new Date(Date.parse(summary.startedAt) - AROUND_MS);
    const end = summary.recoveredAt
      ? Date.parse(summary.recoveredAt) + AROUND_MS
      : Date.now();
    const to = new Date(Math.min(end, Date.now()));
    const scope = {
      entityRef: query.entityRef,
      environment: known.environment,
      from,
      to,
      stepMs: autoStepMs(to.getTime() - from.getTime()),
    };
    const [zones, instances] = await Promise.all([
      this.#store.readRollups({ ...scope, groupBy: 'zone' }),
      this.#store.readRollups({ ...scope, groupBy: 'instance' }),
    ]);
    return {
      environment: known.environment,
      failover: summary,
      steps,
      window: {
        from: zones.from.toISOString(),
        to: zones.to.toISOString(),
        stepMs: zones.stepMs,
      },
      zoneSeries: toKeyedSeries(zones),
      instanceSeries: busiestFirst(
        toKeyedSeries(instances),
        summary.subject.key,
      ),
    };
  }
}

/** The busiest instances, and always the one that the failover is about. */
function busiestFirst(series: KeyedSeries[], subject: string): KeyedSeries[] {
  const total = ({ points }: KeyedSeries) =>
    points.reduce((sum, { requests }) => sum + requests, 0);
  const sorted = [...series].sort(
    (a, b) =>
      Number(b.key === subject) - Number(a.key === subject) ||
      total(b) - total(a),
  );
  return sorted.slice(0, MAX_INSTANCES);
}

function statisticsOf(all: FailoverSummary[]): FailoverPage['statistics'] {
  const knownOf = (key: 'timeToDetectMs' | 'timeToRecoverMs') =>
    all.flatMap(({ [key]: value }) => (value === undefined ? [] : [value]));
  const recoveries = knownOf('timeToRecoverMs');
  const failed = all.flatMap(({ impact }) => impact.requestsFailed ?? []);
  const mean = (values: number[]) =>
    values.length > 0
      ? Math.round(values.reduce((a, b) => a + b, 0) / values.length)
      : undefined;
  return {
    count: all.length,
    ongoing: all.filter(({ ongoing }) => ongoing).length,
    unplanned: all.filter(({ planned }) => planned !== 'yes').length,
    meanTimeToDetectMs: mean(knownOf('timeToDetectMs')),
    meanTimeToRecoverMs: mean(recoveries),
    longestMs: recoveries.length > 0 ? Math.max(...recoveries) : undefined,
    requestsFailed:
      failed.length > 0 ? failed.reduce((a, b) => a + b, 0) : undefined,
    impactUnknown: all.length - failed.length,
  };
}
