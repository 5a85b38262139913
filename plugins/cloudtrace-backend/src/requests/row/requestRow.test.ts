import { decodeRow } from '../../testUtils/decodeRow';
import {
  FLAG_CONSUMER,
  FLAG_ERROR,
  REQUEST_COLUMNS,
  ROW_BYTES,
  writeIds,
  writeKeys,
  writeResult,
  writeTimes,
} from './requestRow';
import { RowBuffer } from './RowBuffer';
import { NUMBER, SpanNumbers } from './SpanNumbers';

function writeRow(rows: RowBuffer, row: number, durationUs: number): void {
  const at = row * ROW_BYTES;
  const numbers = new SpanNumbers();
  numbers.set(NUMBER.httpStatus, 1, 503);
  writeIds(rows.view, at, { t0: 1, t1: 2, t2: 3, t3: 4, s0: -1, s1: 6 });
  writeTimes(rows.view, at, { startUs: 1_800_000_000_123_456, durationUs });
  writeKeys(rows.view, at, 7, 8, 9);
  writeResult(rows.view, at, numbers, true, false);
}

describe('requestRow', () => {
  it.each([0, 2 ** 32 - 1, 2 ** 32, 2 ** 40 + 5])(
    'writes a row that lasts %d µs and can be read back',
    durationUs => {
      const rows = new RowBuffer(2);
      writeRow(rows, 1, durationUs);
      expect(decodeRow(rows, 1)).toEqual({
        traceId: '00000001000000020000000300000004',
        spanId: 'ffffffff00000006',
        startedUs: 1_800_000_000_123_456,
        durationUs,
        status: 503,
        flags: FLAG_ERROR,
        entityId: 7,
        instanceId: 8,
        routeId: 9,
      });
    },
  );

  it('keeps the length of every column as COPY expects it', () => {
    const rows = new RowBuffer(2);
    writeRow(rows, 0, 2 ** 40 + 5);
    writeRow(rows, 1, 2 ** 40 + 5);
    const bytes = rows.slice(1, 2);
    expect(bytes.readInt16BE(0)).toBe(REQUEST_COLUMNS.length);
    let position = 2;
    const widths = REQUEST_COLUMNS.map(() => {
      const width = bytes.readInt32BE(position);
      position += 4 + width;
      return width;
    });
    expect(widths).toEqual([8, 8, 16, 4, 4, 4, 8, 2, 2]);
    expect(position).toBe(bytes.length);
  });

  it.each([
    [false, false, 0],
    [true, false, FLAG_ERROR],
    [false, true, FLAG_CONSUMER],
    [true, true, FLAG_ERROR + FLAG_CONSUMER],
  ])('writes failed=%s consumer=%s as flags %d', (failed, consumer, flags) => {
    const rows = new RowBuffer(1);
    writeResult(rows.view, 0, new SpanNumbers(), failed, consumer);
    expect(decodeRow(rows, 0).flags).toBe(flags);
  });
});
