import type { Wording } from '@cloudtrace/plugin-cloudtrace-common';
import { ScanFormatError } from '@cloudtrace/plugin-cloudtrace-node';

/**
 * Reads a JSON value of any shape: only own properties of the expected type. A
 * missing value or one of another type is `undefined`, or an error with its
 * location if the format requires it.
 */
export class JsonReader {
  readonly #value: unknown;
  readonly #path: string;

  constructor(value: unknown, path: string = '') {
    this.#value = value;
    this.#path = path;
  }

  /** Location in the document, such as `runs[0].tool`. */
  get path(): string {
    return this.#path || 'the document';
  }

  /** The location for people. */
  get place(): Wording {
    return this.#path || { code: 'scan-document', values: {} };
  }

  get exists(): boolean {
    return this.#value !== undefined && this.#value !== null;
  }

  get isObject(): boolean {
    return (
      typeof this.#value === 'object' &&
      this.#value !== null &&
      !Array.isArray(this.#value)
    );
  }

  get isArray(): boolean {
    return Array.isArray(this.#value);
  }

  /** Own property of an object. */
  at(key: string): JsonReader {
    const path = this.#path ? `${this.#path}.${key}` : key;
    const own =
      this.isObject && Object.prototype.hasOwnProperty.call(this.#value, key);
    return new JsonReader(
      own ? (this.#value as Record<string, unknown>)[key] : undefined,
      path,
    );
  }

  /** Items of a list; empty if absent. @throws If it is something else */
  items(): JsonReader[] {
    if (!this.exists) return [];
    if (!Array.isArray(this.#value)) {
      throw new ScanFormatError({
        code: 'scan-not-a-list',
        values: { path: this.place },
      });
    }
    return this.#value.map(
      (item, i) => new JsonReader(item, `${this.#path}[${i}]`),
    );
  }

  /** Length of a list, without creating its items. */
  get length(): number {
    return Array.isArray(this.#value) ? this.#value.length : 0;
  }

  /** Own entries of an object; empty for other values. */
  entries(): Array<[string, JsonReader]> {
    if (!this.isObject) return [];
    return Object.keys(this.#value as object).map(key => [key, this.at(key)]);
  }

  /** @throws If it is not an object */
  object(): this {
    if (!this.isObject) {
      throw new ScanFormatError({
        code: 'scan-not-an-object',
        values: { path: this.place },
      });
    }
    return this;
  }

  /**
   * String of limited length; `undefined` if empty or not a string. The whole
   * scan is cleaned later, because a path or purl must be decoded first.
   */
  text(maxLength: number = 1_024): string | undefined {
    if (typeof this.#value !== 'string') return undefined;
    return this.#value.slice(0, maxLength).trim() || undefined;
  }

  /** Raw text, for comparing and hashing only. */
  raw(): string | undefined {
    return typeof this.#value === 'string' ? this.#value : undefined;
  }

  /** Texts of a list; other values are skipped. */
  texts(max: number = 100, maxLength: number = 256): string[] {
    if (!Array.isArray(this.#value)) return [];
    return this.#value
      .slice(0, max)
      .filter((item): item is string => typeof item === 'string')
      .map(item => item.slice(0, maxLength).trim())
      .filter(Boolean);
  }

  number(): number | undefined {
    return typeof this.#value === 'number' && Number.isFinite(this.#value)
      ? this.#value
      : undefined;
  }

  /** A number, possibly written as text. */
  numeric(): number | undefined {
    if (typeof this.#value === 'string' && /^\d+(\.\d+)?$/.test(this.#value)) {
      return Number(this.#value);
    }
    return this.number();
  }

  boolean(): boolean | undefined {
    return typeof this.#value === 'boolean' ? this.#value : undefined;
  }

  /** A time between 2000 and 2500. */
  date(): Date | undefined {
    if (typeof this.#value !== 'string' || this.#value.length > 64) {
      return undefined;
    }
    const date = new Date(this.#value);
    const year = date.getUTCFullYear();
    return year >= 2000 && year <= 2500 ? date : undefined;
  }
}
