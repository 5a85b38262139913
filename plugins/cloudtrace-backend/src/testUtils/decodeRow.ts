import { POSTGRES_EPOCH_US } from '../database/copyFormat';
import { ROW_BYTES, ROW_OFFSET } from '../requests/row/requestRow';
import type { RowBuffer } from '../requests/row/RowBuffer';

/** A row as the readers of the table see it. */
export function decodeRow(rows: RowBuffer, row: number) {
  const at = row * ROW_BYTES;
  const hex = (offset: number, bytes: number) =>
    rows.bytes.toString('hex', at + offset, at + offset + bytes);
  return {
    traceId: hex(ROW_OFFSET.traceId, 16),
    spanId: hex(ROW_OFFSET.spanId, 8),
    startedUs:
      Number(rows.view.getBigInt64(at + ROW_OFFSET.startedAt)) +
      POSTGRES_EPOCH_US,
    durationUs: Number(rows.view.getBigInt64(at + ROW_OFFSET.durationUs)),
    status: rows.view.getInt16(at + ROW_OFFSET.statusCode),
    flags: rows.view.getInt16(at + ROW_OFFSET.flags),
    entityId: rows.view.getInt32(at + ROW_OFFSET.entityId),
    routeId: rows.view.getInt32(at + ROW_OFFSET.routeId),
    instanceId: rows.view.getInt32(at + ROW_OFFSET.instanceId),
  };
}
