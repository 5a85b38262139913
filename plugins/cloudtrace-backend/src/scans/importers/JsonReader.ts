import { ScanFormatError } from '@cloudtrace/plugin-cloudtrace-node';

/**
 * Reads a JSON value of any shape: only own properties, only the expected
 * type. What is missing or of another type is `undefined`, or an error that
 * names the place where the format needs it.
 */
export class JsonReader {
  readonly #value: unknown;
  readonly #path: string;

  constructor(value: unknown, path: string = '') {
    this.#value = value;
    this.#path = path;
  }

  /** The place in the document, such as `runs[0].tool`. */
  get path(): string {
    return this.#path || 'the document';
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

  /** Items of a list; none if it is not there. @throws If it is something else */
  items(): JsonReader[] {
    if (!this.exists) return [];
    if (!Array.isArray(this.#value)) {
      throw new ScanFormatError(`${this.path} must be a list`);
    }
    return this.#value.map(
      (item, i) => new JsonReader(item, `${this.#path}[${i}]`),
    );
  }

  /** Length of a list without making its items. */
  get length(): number {
    return Array.isArray(this.#value) ? this.#value.length : 0;
  }

  /** Own entries of an object; none if it is not one. */
  entries(): Array<[string, JsonReader]> {
    if (!this.isObject) return [];
    return Object.keys(this.#value as object).map(key => [key, this.at(key)]);
  }

  /** @throws If it is not an object */
  object(): this {
    if (!this.isObject) {
      throw new ScanFormatError(`${this.path} must be an object`);
    }
    return this;
  }

  /**
   * Text of bounded length; `undefined` if empty or not text. It is cleaned
   * when the whole scan is, because a path or purl has to be decoded before.
   */
  text(maxLength: number = 1_024): string | undefined {
    if (typeof this.#value !== 'string') return undefined;
    return this.#value.slice(0, maxLength).trim() || undefined;
  }

  /** Text as it is in the file, for comparing and hashing only. */
  raw(): string | undefined {
    return typeof this.#value === 'string' ? this.#value : undefined;
  }

  /** Texts of a list; everything else is left out. */
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

  /** A number that may be written as text. */
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
