import { Type, type Static } from 'typebox';
import type { Dependency } from '../health/Readiness.js';
import { ProblemError } from '../http/ProblemError.js';
import type { StarterContext } from '../starter/types.js';

// PostgreSQL cannot store U+0000 in text.
const storable = '^[^\\u0000]*$';
const line = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: storable });

export const statuses = ['open', 'in_progress', 'done'] as const;

export const HandledBySchema = Type.Object({
  instanceId: Type.String(),
  zone: Type.String(),
});

export const NewRequestSchema = Type.Object(
  {
    subject: line(200),
    requester: line(100),
    details: Type.Optional(
      Type.String({ maxLength: 4_000, pattern: storable }),
    ),
  },
  { additionalProperties: false },
);

export const StatusChangeSchema = Type.Object(
  { status: Type.Enum([...statuses]) },
  { additionalProperties: false },
);

export const TrackedRequestSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  subject: Type.String(),
  requester: Type.String(),
  details: Type.String(),
  status: Type.Enum([...statuses]),
  handledBy: HandledBySchema,
  createdAt: Type.String({ format: 'date-time' }),
});

export const RequestEventSchema = Type.Object({
  status: Type.Enum([...statuses]),
  handledBy: HandledBySchema,
  createdAt: Type.String({ format: 'date-time' }),
});

export const RequestWithEventsSchema = Type.Object({
  ...TrackedRequestSchema.properties,
  events: Type.Array(RequestEventSchema),
});

export type NewRequest = Static<typeof NewRequestSchema>;
export type RequestStatus = (typeof statuses)[number];
export type TrackedRequest = Static<typeof TrackedRequestSchema>;
export type RequestWithEvents = Static<typeof RequestWithEventsSchema>;

export interface ListOptions {
  readonly limit: number;
  /** Id of the last request on the previous page. */
  readonly cursor?: string;
  readonly instanceId?: string;
}

export interface CreateResult {
  readonly request: TrackedRequest;
  /** The key was used before with the same body; nothing was written now. */
  readonly replayed: boolean;
}

/** Stores tracked requests; every write names the instance that handled it. */
export interface RequestStore {
  /** @throws IdempotencyConflictError if the key was used with another body. */
  create(input: NewRequest, idempotencyKey?: string): Promise<CreateResult>;
  find(id: string): Promise<RequestWithEvents | undefined>;
  /** Newest first. */
  list(options: ListOptions): Promise<TrackedRequest[]>;
  changeStatus(
    id: string,
    status: RequestStatus,
  ): Promise<RequestWithEvents | undefined>;
}

/** A store, and what the service checks and closes with it. */
export interface OpenedStore {
  readonly store: RequestStore;
  readonly checks: readonly Dependency[];
  close?(): Promise<void>;
}

/** `src/starter/openStore.ts` exports it. */
export type OpenStore = (context: StarterContext) => Promise<OpenedStore>;

export class RequestNotFoundError extends ProblemError {
  override readonly name = 'RequestNotFoundError';

  constructor(id: string) {
    super({
      status: 404,
      title: 'Not found',
      detail: `Request ${id} does not exist`,
    });
  }
}

export class IdempotencyConflictError extends ProblemError {
  override readonly name = 'IdempotencyConflictError';

  constructor() {
    super({
      status: 422,
      title: 'Idempotency conflict',
      detail: 'This Idempotency-Key was used before with a different body',
    });
  }
}
