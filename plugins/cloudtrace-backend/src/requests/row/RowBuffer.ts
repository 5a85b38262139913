import { allocateRows, ROW_BYTES } from './requestRow';

/** Rows ready for COPY, and the number in use. */
export class RowBuffer {
  readonly bytes: Buffer;
  readonly view: DataView;
  /** Rows in use. */
  length = 0;

  constructor(
    /** Capacity in rows. */
    readonly capacity: number,
  ) {
    this.bytes = allocateRows(capacity);
    this.view = new DataView(
      this.bytes.buffer,
      this.bytes.byteOffset,
      this.bytes.length,
    );
  }

  /** The bytes of rows from `start` up to but not including `end`. */
  slice(start: number, end: number): Buffer {
    return this.bytes.subarray(start * ROW_BYTES, end * ROW_BYTES);
  }
}
