import {
  findResourceAttribute,
  INSTANCE_ATTRIBUTES,
  TASK_ARN_CODE,
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
    if (this.#rank === TASK_ARN_CODE) {
      this.#shortenArn(sink);
    }
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

  /** Leaves the id of the task, by which the fleet knows it. */
  #shortenArn(sink: SpanSink): void {
    if (this.#keyText !== undefined) {
      const id = this.#keyText.slice(this.#keyText.lastIndexOf('/') + 1);
      this.#keyText = id || this.#keyText;
      return;
    }
    const end = this.#keyStart + this.#keyLength;
    const slash = sink.lastIndexInBody('/', this.#keyStart, end);
    if (slash >= 0 && slash + 1 < end) {
      this.#keyStart = slash + 1;
      this.#keyLength = end - this.#keyStart;
    }
  }
}
