import { BodyTooLargeError, MalformedBodyError } from '../errors';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const MINUS = 0x2d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const LITERALS = ['true', 'false', 'null'].map(word => Buffer.from(word));
const NULL = LITERALS[2];

/** Maximum nesting of objects and arrays. */
const MAX_DEPTH = 64;

/**
 * Reads JSON bytes in place and checks their grammar (RFC 8259). Allocates
 * nothing except for texts with escapes; depth and the number of values are
 * limited.
 */
export class JsonByteReader {
  position = 0;
  /** The text or number that was read last, without quotes. */
  start = 0;
  length = 0;
  /** Whether the text that was read last contains escapes. */
  escaped = false;
  /** Kind of the attribute's value that was read last, see `jsonKeyValue.ts`. */
  valueKind = 0;
  #depth = 0;
  #values = 0;
  readonly #maxValues: number;

  constructor(readonly bytes: Buffer, maxValues: number) {
    this.#maxValues = maxValues;
    // RFC 8259 lets a reader ignore a byte order mark.
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
      this.position = 3;
    }
  }

  /** The first byte of the next value; NaN at the end of the body. */
  peek(): number {
    const { bytes } = this;
    let byte = bytes[this.position];
    // Senders usually put no space between tokens.
    if (byte > 0x20) {
      return byte;
    }
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
      byte = bytes[++this.position];
    }
    return byte === undefined ? NaN : byte;
  }

  /**
   * Enters an object and stops before the first key. Returns false if the
   * object is empty or `null`, and then stops behind it.
   */
  enterObject(): boolean {
    return this.#enter(OPEN_OBJECT, CLOSE_OBJECT, 'an object');
  }

  /** Like {@link JsonByteReader.enterObject} for arrays. */
  enterArray(): boolean {
    return this.#enter(OPEN_ARRAY, CLOSE_ARRAY, 'an array');
  }

  /** Behind a value of an object: returns whether another key follows. */
  nextMember(): boolean {
    return this.#next(CLOSE_OBJECT, "',' or '}'");
  }

  /** Behind an element of an array: returns whether another one follows. */
  nextElement(): boolean {
    return this.#next(CLOSE_ARRAY, "',' or ']'");
  }

  /** Reads a key and the colon; sets `start` and `length` to the key. */
  readKey(): void {
    if (this.peek() !== QUOTE) {
      throw this.malformed('expected a key in double quotes');
    }
    this.readString();
    if (this.peek() !== COLON) {
      throw this.malformed("expected ':'");
    }
    this.position++;
    this.peek();
  }

  /** Reads a text; the reader must be at its opening quote. */
  readString(): void {
    const { bytes } = this;
    const start = this.position + 1;
    let at = start;
    let escaped = false;
    for (;;) {
      const byte = bytes[at];
      // Nearly all bytes are above the quote and are not a backslash.
      if (byte > QUOTE && byte !== BACKSLASH) {
        at++;
      } else if (byte === QUOTE) {
        break;
      } else if (byte === BACKSLASH) {
        escaped = true;
        at = this.#skipEscape(at);
      } else if (byte >= 0x20) {
        at++;
      } else {
        this.position = Math.min(at, bytes.length);
        throw this.malformed(
          byte === undefined
            ? 'string without closing quote'
            : 'control character in a string',
        );
      }
    }
    this.start = start;
    this.length = at - start;
    this.escaped = escaped;
    this.position = at + 1;
  }

  /** The text that was read last, with its escapes resolved. */
  text(): string {
    const raw = this.bytes.toString(
      'utf8',
      this.start,
      this.start + this.length,
    );
    return this.escaped ? JSON.parse(`"${raw}"`) : raw;
  }

  /** Reads a number; sets `start` and `length` to it. */
  readNumber(): void {
    const { bytes } = this;
    const begin = this.position;
    let at = begin;
    if (bytes[at] === MINUS) {
      at++;
    }
    if (bytes[at] === 0x30) {
      at++;
    } else {
      at = this.#skipDigits(at);
    }
    if (bytes[at] === 0x2e) {
      at = this.#skipDigits(at + 1);
    }
    if (bytes[at] === 0x65 || bytes[at] === 0x45) {
      const sign = bytes[at + 1] === 0x2b || bytes[at + 1] === MINUS;
      at = this.#skipDigits(at + (sign ? 2 : 1));
    }
    this.start = begin;
    this.length = at - begin;
    this.escaped = false;
    this.position = at;
  }

  /** Skips any value and checks it. */
  skipValue(): void {
    const byte = this.peek();
    if (byte === QUOTE) {
      this.#count();
      this.readString();
    } else if (byte === OPEN_OBJECT) {
      if (this.enterObject()) {
        do {
          this.readKey();
          this.skipValue();
        } while (this.nextMember());
      }
    } else if (byte === OPEN_ARRAY) {
      if (this.enterArray()) {
        do {
          this.skipValue();
        } while (this.nextElement());
      }
    } else if (byte === MINUS || (byte >= 0x30 && byte <= 0x39)) {
      this.#count();
      this.readNumber();
    } else {
      this.#count();
      this.#skipLiteral();
    }
  }

  /** Reads the value if it is a string or number; skips it otherwise. */
  readScalar(): 'text' | 'number' | 'other' {
    const byte = this.peek();
    if (byte === QUOTE) {
      this.#count();
      this.readString();
      return 'text';
    }
    if (byte === MINUS || (byte >= 0x30 && byte <= 0x39)) {
      this.#count();
      this.readNumber();
      return 'number';
    }
    this.skipValue();
    return 'other';
  }

  malformed(reason: string): MalformedBodyError {
    return new MalformedBodyError(
      reason,
      Math.min(this.position, this.bytes.length),
    );
  }

  #enter(open: number, close: number, what: string): boolean {
    this.#count();
    const byte = this.peek();
    if (byte !== open) {
      if (byte === NULL[0]) {
        this.#skipLiteral();
        return false;
      }
      throw this.malformed(`expected ${what}`);
    }
    if (++this.#depth > MAX_DEPTH) {
      throw this.malformed(`nested deeper than ${MAX_DEPTH} levels`);
    }
    this.position++;
    if (this.peek() === close) {
      this.position++;
      this.#depth--;
      return false;
    }
    return true;
  }

  #next(close: number, expected: string): boolean {
    const byte = this.peek();
    if (byte === COMMA) {
      this.position++;
      this.peek();
      return true;
    }
    if (byte === close) {
      this.position++;
      this.#depth--;
      return false;
    }
    throw this.malformed(`expected ${expected}`);
  }

  #skipEscape(at: number): number {
    const byte = this.bytes[at + 1];
    switch (byte) {
      case QUOTE:
      case BACKSLASH:
      case 0x2f: // /
      case 0x62: // b
      case 0x66: // f
      case 0x6e: // n
      case 0x72: // r
      case 0x74: // t
        return at + 2;
      case 0x75: // u
        for (let digit = at + 2; digit < at + 6; digit++) {
          if (!isHexDigit(this.bytes[digit])) {
            this.position = at;
            throw this.malformed('escape without four hexadecimal digits');
          }
        }
        return at + 6;
      default:
        this.position = at;
        throw this.malformed('unknown escape');
    }
  }

  #skipDigits(from: number): number {
    let at = from;
    while (this.bytes[at] >= 0x30 && this.bytes[at] <= 0x39) {
      at++;
    }
    if (at === from) {
      this.position = Math.min(at, this.bytes.length);
      throw this.malformed('expected a digit');
    }
    return at;
  }

  #skipLiteral(): void {
    for (const literal of LITERALS) {
      const end = this.position + literal.length;
      if (literal.equals(this.bytes.subarray(this.position, end))) {
        this.position = end;
        return;
      }
    }
    throw this.malformed(
      this.position < this.bytes.length
        ? 'expected a value'
        : 'the body ends too early',
    );
  }

  #count(): void {
    if (++this.#values > this.#maxValues) {
      throw new BodyTooLargeError(
        `The body has more than ${
          this.#maxValues
        } values; send it in smaller batches`,
      );
    }
  }
}

function isHexDigit(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x41 && byte <= 0x46) ||
    (byte >= 0x61 && byte <= 0x66)
  );
}
