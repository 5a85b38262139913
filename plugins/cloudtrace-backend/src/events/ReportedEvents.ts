import { InputError } from '@backstage/errors';
import {
  DAY_MS,
  type ReportedEvent,
  type ReportedEventReceipt,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { upsertReportedEvent } from './database/upsertReportedEvent';
import { toStorable } from '../database/toStorable';
import type { LivePublisher } from '../live/types';
import type { RequestValidator } from '../schema/RequestValidator';
import type { UploadSender } from '../tokens/uploads/types';

/** Older events are treated as mistakes. */
const MAX_AGE_MS = 400 * DAY_MS;

/** An environment of an entity. */
export type EnvironmentScope = Pick<UploadSender, 'entityRef' | 'environment'>;

/** Stores events that pipelines and clouds report. */
export class ReportedEvents {
  readonly #knex: Knex;
  readonly #live: LivePublisher;
  readonly #validator: RequestValidator;
  readonly #onDeploy: (scope: EnvironmentScope) => Promise<void>;

  constructor(options: {
    knex: Knex;
    live: LivePublisher;
    validator: RequestValidator;
    /** Called after a deploy was stored with a new state. */
    onDeploy?: (scope: EnvironmentScope) => Promise<void>;
  }) {
    this.#knex = options.knex;
    this.#live = options.live;
    this.#validator = options.validator;
    this.#onDeploy = options.onDeploy ?? (async () => {});
  }

  /**
   * Stores an event for the entity and environment of its sender.
   *
   * @throws `InputError` with the location in the body
   */
  async report(
    target: Pick<UploadSender, 'entityRef' | 'environment'>,
    body: unknown,
  ): Promise<ReportedEventReceipt> {
    this.#validator.validateSchema('ReportedEvent', body);
    const event = toStorable(body as ReportedEvent);
    const at = Date.parse(event.at);
    const endedAt = 'endedAt' in event ? event.endedAt : undefined;
    const now = Date.now();
    if (!(at > now - MAX_AGE_MS && at < now + DAY_MS)) {
      throw new InputError(
        `Invalid body: 'at' must be within the last ${
          MAX_AGE_MS / DAY_MS
        } days and at most a day ahead`,
      );
    }
    if (endedAt !== undefined && !(Date.parse(endedAt) >= at)) {
      throw new InputError(`Invalid body: 'endedAt' must not be before 'at'`);
    }
    const { entityRef, environment } = target;
    const stored = await upsertReportedEvent(this.#knex, {
      entityRef,
      environment,
      event,
    });
    if (stored !== 'unchanged') {
      this.#live.entityChanged(entityRef, 'events');
      if (event.kind === 'deploy') {
        await this.#onDeploy({ entityRef, environment });
      }
    }
    return { id: event.id, kind: event.kind, stored };
  }
}
