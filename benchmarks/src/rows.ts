import type { RowBuffer } from '../../plugins/cloudtrace-backend/src/requests/row/RowBuffer';
import {
  ROW_BYTES,
  writeIds,
  writeKeys,
  writeResult,
  writeTimes,
} from '../../plugins/cloudtrace-backend/src/requests/row/requestRow';
import {
  NUMBER,
  SpanNumbers,
} from '../../plugins/cloudtrace-backend/src/requests/row/SpanNumbers';

let state = 7;
const numbers = new SpanNumbers();

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
  writeIds(view, at, {
    s0: word(),
    s1: word(),
    t0: word(),
    t1: word(),
    t2: word(),
    t3: word(),
  });
  const failed = random() < 0.01;
  const normal =
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const durationUs = Math.round(Math.exp(8.5 + 1.1 * normal));
  const startUs = Math.floor(request.startedMs * 1000);
  writeTimes(view, at, { startUs, durationUs });
  writeKeys(view, at, request.entityId, request.instanceId, request.routeId);
  numbers.set(NUMBER.httpStatus, 1, failed ? 500 : 200);
  writeResult(view, at, numbers, failed, false);
}

/** 32 random bits. */
function word(): number {
  return random() * 2 ** 32;
}
