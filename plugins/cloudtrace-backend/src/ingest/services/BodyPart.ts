import type { OtlpEncoding } from '../IngestService';

const JSON_START = Buffer.from('{"resourceSpans":[');
const JSON_SEPARATOR = Buffer.from(',');
const JSON_END = Buffer.from(']}');

/** The pieces of a body that belong to one service. */
export class BodyPart {
  /** Start and end of each piece, in turn. */
  readonly #pieces: number[] = [];
  readonly #encoding: OtlpEncoding;

  constructor(encoding: OtlpEncoding) {
    this.#encoding = encoding;
  }

  add(start: number, end: number): void {
    const pieces = this.#pieces;
    if (this.#encoding === 'protobuf' && pieces[pieces.length - 1] === start) {
      pieces[pieces.length - 1] = end;
    } else {
      pieces.push(start, end);
    }
  }

  /** Starts of the pieces, joined or not. */
  *ranges(): Generator<[start: number, end: number]> {
    for (let i = 0; i < this.#pieces.length; i += 2) {
      yield [this.#pieces[i], this.#pieces[i + 1]];
    }
  }

  /**
   * The pieces as a body of their own. One piece of protobuf is not copied.
   *
   * @param take - Called with the bytes that a copy needs, before it is made
   */
  toBody(body: Buffer, take: (bytes: number) => void): Buffer {
    const slices = [...this.ranges()].map(([start, end]) =>
      body.subarray(start, end),
    );
    if (this.#encoding === 'protobuf') {
      if (slices.length === 1) return slices[0];
      take(slices.reduce((sum, { length }) => sum + length, 0));
      return Buffer.concat(slices);
    }
    take(slices.reduce((sum, { length }) => sum + length, 0));
    return Buffer.concat([
      JSON_START,
      ...slices.flatMap((slice, i) => (i ? [JSON_SEPARATOR, slice] : [slice])),
      JSON_END,
    ]);
  }

  /** The position in the whole body of a position in {@link BodyPart.toBody}. */
  positionInBody(position: number): number {
    const json = this.#encoding === 'json';
    let rest = json ? position - JSON_START.length : position;
    let last = 0;
    for (const [start, end] of this.ranges()) {
      const length = end - start;
      if (rest < length) return start + Math.max(0, rest);
      rest -= json ? length + JSON_SEPARATOR.length : length;
      last = end;
    }
    return last;
  }
}
