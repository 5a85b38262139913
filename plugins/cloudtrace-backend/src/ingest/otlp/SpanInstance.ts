import type { ByteKey } from '../dictionary/ByteKey';
import { cleanText } from '../dictionary/cleanText';
import type { InstanceName } from '../dictionary/EntityDictionary';
import type { RequestKind } from '../../requests/types';
import { UNKNOWN } from '../../requests/placeholderNames';

const MAX_INSTANCE_BYTES = 512;
const MAX_ZONE_BYTES = 128;

/** Tags of the {@link ByteKey} of an instance; routes use {@link ROUTE_OF}. */
const TAGS: Record<RequestKind, number> = { server: 0, consumer: -1 };

/**
 * The instance of the spans of one resource: bytes of the body, or text. One
 * object serves all resources.
 */
export class SpanInstance {
  #keyStart = 0;
  #keyLength = 0;
  #zoneStart = 0;
  #zoneLength = 0;
  /** Instead of the bytes. */
  #text?: { key: string; zone: string };

  /** Replaces the instance by bytes of the body. */
  setBytes(
    keyStart: number,
    keyLength: number,
    zoneStart: number,
    zoneLength: number,
  ): void {
    this.#keyStart = keyStart;
    this.#keyLength = keyLength;
    this.#zoneStart = zoneStart;
    this.#zoneLength = zoneLength;
    this.#text = undefined;
  }

  /** Replaces the instance by text. */
  setText(key: string, zone: string): void {
    this.#text = { key, zone };
  }

  /** Fills a key with the bytes; returns false if the instance has none. */
  fillKey(key: ByteKey, kind: RequestKind): boolean {
    if (this.#text) {
      return false;
    }
    key.set(
      TAGS[kind],
      this.#keyStart,
      this.#keyLength,
      this.#zoneStart,
      this.#zoneLength,
      0,
      0,
    );
    return true;
  }

  /** The name as stored. */
  name(body: Buffer, kind: RequestKind): InstanceName {
    const { key, zone } = this.#text ?? this.#read(body);
    return {
      instanceKey: cleanText(key, MAX_INSTANCE_BYTES) || UNKNOWN,
      zone: cleanText(zone, MAX_ZONE_BYTES),
      kind,
    };
  }

  #read(body: Buffer) {
    const text = (start: number, length: number) =>
      body.toString('utf8', start, start + length);
    return {
      key: text(this.#keyStart, this.#keyLength),
      zone: text(this.#zoneStart, this.#zoneLength),
    };
  }
}
