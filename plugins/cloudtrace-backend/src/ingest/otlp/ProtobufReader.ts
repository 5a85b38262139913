import { BodyTooLargeError, MalformedBodyError } from '../errors';

/** Wire types of protobuf; 3 and 4 are groups, which OTLP messages do not use. */
export const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/**
 * Reads protobuf bytes in place. Every read is limited by the end of its
 * message, and the number of fields by a budget, so a body of millions of empty
 * fields is rejected early.
 */
export class ProtobufReader {
  position = 0;
  #fields = 0;
  readonly #maxFields: number;

  constructor(
    readonly bytes: Uint8Array,
    readonly view: DataView,
    maxFields: number,
  ) {
    this.#maxFields = maxFields;
  }

  /** The tag of the next field: number × 8 + wire type. */
  readTag(): number {
    if (++this.#fields > this.#maxFields) {
      throw new BodyTooLargeError(
        `The body has more than ${
          this.#maxFields
        } fields; send it in smaller batches`,
      );
    }
    const tag = this.readVarint();
    if (tag < 8 || tag > 0xffffffff) {
      throw this.malformed('invalid field number');
    }
    return tag;
  }

  /** An unsigned number; exact up to 2^53. */
  readVarint(): number {
    const { bytes } = this;
    let byte = bytes[this.position++];
    if (byte < 128) {
      return byte;
    }
    let value = byte & 127;
    let factor = 128;
    for (let length = 1; length < 10; length++) {
      byte = bytes[this.position++];
      value += (byte & 127) * factor;
      if (byte < 128) {
        return value;
      }
      factor *= 128;
    }
    throw this.malformed('number without end');
  }

  /** Reads the length of a nested message or text; returns where it ends. */
  readEnd(limit: number): number {
    const length = this.readVarint();
    const end = this.position + length;
    // Also true for NaN, the result of reading past the body.
    if (!(end <= limit)) {
      throw this.malformed('length beyond the end of its message');
    }
    return end;
  }

  /** Skips a field whose tag was read. */
  skip(tag: number, limit: number): void {
    switch (tag & 7) {
      case WIRE.varint:
        this.readVarint();
        break;
      case WIRE.fixed64:
        this.position += 8;
        break;
      case WIRE.bytes:
        this.position = this.readEnd(limit);
        break;
      case WIRE.fixed32:
        this.position += 4;
        break;
      default:
        throw this.malformed(`unknown wire type ${tag & 7}`);
    }
    if (!(this.position <= limit)) {
      throw this.malformed('field beyond the end of its message');
    }
  }

  /** Fails unless reading stopped exactly where the message ends. */
  expectEnd(end: number): void {
    if (this.position !== end) {
      throw this.malformed('field beyond the end of its message');
    }
  }

  malformed(reason: string): MalformedBodyError {
    return new MalformedBodyError(
      reason,
      Math.min(this.position, this.bytes.length),
    );
  }
}
