import {
  findResourceAttribute,
  INSTANCE_ATTRIBUTES,
  ZONE_CODE,
} from './attributes';
import type { SpanSink } from './SpanSink';

/** Receives the attributes of a resource from a scanner. */
export interface ResourceReceiver {
  /** The code of a key in the body, or 0 if it does not matter. */
  find(bytes: Uint8Array, start: number, length: number): number;
  /**
   * Receives the value of a key with a code.
   *
   * @param override - The text, if it differs from the bytes (escapes in JSON)
   */
  take(code: number, start: number, length: number, override?: string): void;
}

/** A resource's names for its instance and zone, as positions in the body. */
export class ResourceNames implements ResourceReceiver {
  readonly find = findResourceAttribute;
  #rank: number = INSTANCE_ATTRIBUTES.length + 1;
  #keyStart = 0;
  #keyLength = 0;
  #keyText: string | undefined;
  #zoneStart = 0;
  #zoneLength = 0;
  #zoneText: string | undefined;

  /**
   * Stores the text of an attribute if it is the best so far.
   *
   * @param code - The result of `findResourceAttribute`, not 0
   * @param override - The text, if it differs from the bytes (escapes in JSON)
   */
  take(code: number, start: number, length: number, override?: string): void {
    if (length === 0) {
      return;
    }
    if (code === ZONE_CODE) {
      this.#zoneStart = start;
      this.#zoneLength = length;
      this.#zoneText = override;
    } else if (code < this.#rank) {
      this.#rank = code;
      this.#keyStart = start;
      this.#keyLength = length;
      this.#keyText = override;
    }
  }

  /** Sets the instance of the following spans. */
  apply(sink: SpanSink): void {
    if (this.#keyText === undefined && this.#zoneText === undefined) {
      sink.setInstance(
        this.#keyStart,
        this.#keyLength,
        this.#zoneStart,
        this.#zoneLength,
      );
    } else {
      sink.setInstanceText(
        this.#keyText ?? sink.bodyText(this.#keyStart, this.#keyLength),
        this.#zoneText ?? sink.bodyText(this.#zoneStart, this.#zoneLength),
      );
    }
  }
}
