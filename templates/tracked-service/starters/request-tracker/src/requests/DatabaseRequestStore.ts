import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { DatabasePool } from '../database/DatabasePool.js';
import type { Instance } from '../instance/detectInstance.js';
import {
  IdempotencyConflictError,
  type CreateResult,
  type ListOptions,
  type NewRequest,
  type RequestStatus,
  type RequestStore,
  type RequestWithEvents,
  type TrackedRequest,
} from './types.js';

const requestColumns =
  'id, subject, requester, details, status, instance_id, zone, created_at';
const eventColumns = 'status, instance_id, zone, created_at';

interface EventRow {
  readonly status: RequestStatus;
  readonly instance_id: string;
  readonly zone: string;
  readonly created_at: Date;
}

interface RequestRow extends EventRow {
  readonly id: string;
  readonly subject: string;
  readonly requester: string;
  readonly details: string;
}

export class DatabaseRequestStore implements RequestStore {
  readonly #database: DatabasePool;
  readonly #instance: Instance;

  constructor(options: { database: DatabasePool; instance: Instance }) {
    this.#database = options.database;
    this.#instance = options.instance;
  }

  async create(
    input: NewRequest,
    idempotencyKey?: string,
  ): Promise<CreateResult> {
    // Both ids exist before the first attempt: if COMMIT succeeded but its response was lost, the retry finds them.
    const id = uuidv7();
    const eventId = uuidv7();
    const bodyDigest = digest(input);

    return this.#database.transaction(async client => {
      const inserted = await client.query<RequestRow>(
        `INSERT INTO requests (id, subject, requester, details, instance_id, zone, idempotency_key, body_digest)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT DO NOTHING
         RETURNING ${requestColumns}`,
        [
          id,
          input.subject,
          input.requester,
          input.details ?? '',
          this.#instance.id,
          this.#instance.zone,
          idempotencyKey ?? null,
          bodyDigest,
        ],
      );
      const row = inserted.rows[0];
      if (!row) return this.#existing(client, id, idempotencyKey, bodyDigest);

      await this.#addEvent(client, eventId, id, 'open');
      return { request: toRequest(row), replayed: false };
    });
  }

  async find(id: string): Promise<RequestWithEvents | undefined> {
    const [row] = await this.#database.query<RequestRow>(
      `SELECT ${requestColumns} FROM requests WHERE id = $1`,
      [id],
    );
    if (!row) return undefined;
    const events = await this.#database.query<EventRow>(selectEvents, [id]);
    return { ...toRequest(row), events: events.map(toEvent) };
  }

  async list(options: ListOptions): Promise<TrackedRequest[]> {
    const rows = await this.#database.query<RequestRow>(
      `SELECT ${requestColumns} FROM requests
       WHERE ($1::uuid IS NULL OR id < $1) AND ($2::text IS NULL OR instance_id = $2)
       ORDER BY id DESC LIMIT $3`,
      [options.cursor ?? null, options.instanceId ?? null, options.limit],
    );
    return rows.map(toRequest);
  }

  async changeStatus(
    id: string,
    status: RequestStatus,
  ): Promise<RequestWithEvents | undefined> {
    const eventId = uuidv7();
    return this.#database.transaction(async client => {
      const locked = await client.query<RequestRow>(
        `SELECT ${requestColumns} FROM requests WHERE id = $1 FOR UPDATE`,
        [id],
      );
      const row = locked.rows[0];
      if (!row) return undefined;

      if (row.status !== status) {
        await client.query('UPDATE requests SET status = $2 WHERE id = $1', [
          id,
          status,
        ]);
        await this.#addEvent(client, eventId, id, status);
      }
      const events = await client.query<EventRow>(selectEvents, [id]);
      return {
        ...toRequest({ ...row, status }),
        events: events.rows.map(toEvent),
      };
    });
  }

  async #existing(
    client: PoolClient,
    id: string,
    idempotencyKey: string | undefined,
    bodyDigest: string,
  ): Promise<CreateResult> {
    const found = await client.query<RequestRow & { body_digest: string }>(
      `SELECT ${requestColumns}, body_digest FROM requests WHERE id = $1 OR idempotency_key = $2`,
      [id, idempotencyKey ?? null],
    );
    const row = found.rows[0];
    if (!row)
      throw new Error(
        `Request ${id} conflicts with a row that cannot be found`,
      );
    if (row.body_digest !== bodyDigest) throw new IdempotencyConflictError();
    return { request: toRequest(row), replayed: row.id !== id };
  }

  async #addEvent(
    client: PoolClient,
    eventId: string,
    requestId: string,
    status: RequestStatus,
  ): Promise<void> {
    await client.query(
      `INSERT INTO request_events (id, request_id, status, instance_id, zone)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING`,
      [eventId, requestId, status, this.#instance.id, this.#instance.zone],
    );
  }
}

const selectEvents = `SELECT ${eventColumns} FROM request_events WHERE request_id = $1 ORDER BY id`;

function digest(input: NewRequest): string {
  const canonical = JSON.stringify([
    input.subject,
    input.requester,
    input.details ?? '',
  ]);
  return createHash('sha256').update(canonical).digest('hex');
}

function toRequest(row: RequestRow): TrackedRequest {
  return {
    id: row.id,
    subject: row.subject,
    requester: row.requester,
    details: row.details,
    ...toEvent(row),
  };
}

function toEvent(row: EventRow): RequestWithEvents['events'][number] {
  return {
    status: row.status,
    handledBy: { instanceId: row.instance_id, zone: row.zone },
    createdAt: row.created_at.toISOString(),
  };
}
