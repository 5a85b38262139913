import type {
  RequestStatus,
  RequestWithEvents,
  TrackedRequest,
} from './types.js';

export const requestColumns =
  'id, subject, requester, details, status, instance_id, zone, created_at';
export const eventColumns = 'status, instance_id, zone, created_at';

export interface EventRow {
  readonly status: RequestStatus;
  readonly instance_id: string;
  readonly zone: string;
  readonly created_at: Date;
}

export interface RequestRow extends EventRow {
  readonly id: string;
  readonly subject: string;
  readonly requester: string;
  readonly details: string;
}

export function toRequest(row: RequestRow): TrackedRequest {
  return {
    id: row.id,
    subject: row.subject,
    requester: row.requester,
    details: row.details,
    ...toEvent(row),
  };
}

export function toEvent(row: EventRow): RequestWithEvents['events'][number] {
  return {
    status: row.status,
    handledBy: { instanceId: row.instance_id, zone: row.zone },
    createdAt: row.created_at.toISOString(),
  };
}
