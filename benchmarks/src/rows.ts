import type { RowBuffer } from '../../plugins/cloudtrace-backend/src/ingest/rows/RowBuffer';
import {
  POSTGRES_EPOCH_US,
  ROW_BYTES,
  ROW_OFFSET,
} from '../../plugins/cloudtrace-backend/src/ingest/rows/requestRow';

let state = 7;

/** A number from 0 to 1; the sequence is the same in every run. */
export function random(): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}

/** Appends a row with random ids and a log-normal duration; 1 % of the rows failed. */
export function appendRow(
  rows: RowBuffer,
  request: {
    startedMs: number;
    entityId: number;
    instanceId: number;
    routeId: number;
  },
): void {
  const at = rows.length++ * ROW_BYTES;
  const { view } = rows;
  const us = Math.floor(request.startedMs * 1000) - POSTGRES_EPOCH_US;
  const high = Math.floor(us / 2 ** 32);
  view.setInt32(at + ROW_OFFSET.startedAt, high);
  view.setUint32(at + ROW_OFFSET.startedAt + 4, us - high * 2 ** 32);
  for (let word = 0; word < 2; word++) {
    view.setUint32(at + ROW_OFFSET.spanId + word * 4, random() * 2 ** 32);
  }
  for (let word = 0; word < 4; word++) {
    view.setUint32(at + ROW_OFFSET.traceId + word * 4, random() * 2 ** 32);
  }
  const failed = random() < 0.01;
  const normal =
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  view.setInt32(at + ROW_OFFSET.entityId, request.entityId);
  view.setInt32(at + ROW_OFFSET.instanceId, request.instanceId);
  view.setInt32(at + ROW_OFFSET.routeId, request.routeId);
  view.setInt32(at + ROW_OFFSET.durationUs, 0);
  view.setUint32(
    at + ROW_OFFSET.durationUs + 4,
    Math.round(Math.exp(8.5 + 1.1 * normal)),
  );
  view.setInt16(at + ROW_OFFSET.statusCode, failed ? 500 : 200);
  view.setInt16(at + ROW_OFFSET.flags, failed ? 1 : 0);
}
