/** Numbers of a span that have a column; indexes into {@link SpanNumbers}. */
export const NUMBER = { httpStatus: 0 } as const;

/** The values that a column accepts; others count as missing. */
const LIMITS = [{ min: 1, below: 1000 }];
const COUNT = LIMITS.length;

/** A span attribute that sets a number. */
export interface NumberAttribute {
  /** One of {@link NUMBER}. */
  number: number;
  /** Of several attributes for one number, the highest rank counts. */
  rank: number;
}

/**
 * Span attributes with a number that has a column, by current and earlier names
 * of the semantic conventions. Ingest reads them from the spans.
 */
export const NUMBER_ATTRIBUTES: Readonly<Record<string, NumberAttribute>> = {
  // Since and before version 1.23 of the conventions.
  'http.response.status_code': { number: NUMBER.httpStatus, rank: 2 },
  'http.status_code': { number: NUMBER.httpStatus, rank: 1 },
};

/** The numbers of one span; 0 if it does not report one. */
export class SpanNumbers {
  readonly #values = new Float64Array(COUNT);
  readonly #ranks = new Uint8Array(COUNT);

  /** Forgets the previous span. */
  clear(): void {
    for (let index = 0; index < COUNT; index++) {
      this.#values[index] = 0;
      this.#ranks[index] = 0;
    }
  }

  /** Stores a whole number, unless a newer name already set it. */
  set(number: number, rank: number, value: number): void {
    const { min, below } = LIMITS[number];
    if (value >= min && value < below && rank >= this.#ranks[number]) {
      this.#ranks[number] = rank;
      this.#values[number] = Math.trunc(value);
    }
  }

  get(number: number): number {
    return this.#values[number];
  }
}
