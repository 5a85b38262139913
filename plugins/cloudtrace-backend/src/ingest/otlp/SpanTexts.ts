import type { ByteKey } from '../dictionary/ByteKey';
import type { RouteName } from '../dictionary/EntityDictionary';
import { TEXT, TEXT_COUNT } from './attributes';
import { isHandingOver } from './messagingOperation';
import { nameRoute, ROUTE_OF } from './nameRoute';

/**
 * The texts that make up a span's route, as positions in the body; strings are
 * created only for new names.
 */
export class SpanTexts {
  body!: Buffer;
  /** Whether the text differs from the bytes in the body (escapes in JSON). */
  hasOverride = false;
  readonly #start = new Int32Array(TEXT_COUNT);
  /** 0 if the text is missing or empty. */
  readonly #length = new Int32Array(TEXT_COUNT);
  readonly #rank = new Int32Array(TEXT_COUNT);
  readonly #override: (string | undefined)[] = new Array(TEXT_COUNT).fill(
    undefined,
  );
  readonly #read = (index: number) => this.#text(index);

  /** Forgets the previous span. */
  clear(): void {
    for (let index = 0; index < TEXT_COUNT; index++) {
      this.#start[index] = 0;
      this.#length[index] = 0;
      this.#rank[index] = 0;
    }
    if (this.hasOverride) {
      this.#override.fill(undefined);
      this.hasOverride = false;
    }
  }

  /**
   * Stores a text, unless it is empty or a newer name already set it.
   *
   * @param index - One of {@link TEXT}
   * @param override - The text, if it differs from the bytes
   */
  set(
    index: number,
    rank: number,
    start: number,
    length: number,
    override?: string,
  ): void {
    if (length === 0 || rank < this.#rank[index]) {
      return;
    }
    this.#rank[index] = rank;
    this.#start[index] = start;
    this.#length[index] = length;
    if (override !== undefined) {
      this.#override[index] = override;
      this.hasOverride = true;
    } else if (this.hasOverride) {
      this.#override[index] = undefined;
    }
  }

  /** Whether the texts describe handing over messages without processing them. */
  areOfHandingOver(): boolean {
    const operation =
      this.#length[TEXT.operationType] > 0
        ? TEXT.operationType
        : TEXT.operationName;
    const override = this.#override[operation];
    if (override !== undefined) {
      const bytes = Buffer.from(override);
      return isHandingOver(bytes, 0, bytes.length);
    }
    const { body } = this;
    return isHandingOver(body, this.#start[operation], this.#length[operation]);
  }

  /** Fills a key with the parts of the route; its tag is one of {@link ROUTE_OF}. */
  fillKey(key: ByteKey): void {
    const length = this.#length;
    const { httpMethod, httpRoute, rpcSystem, rpcService, rpcMethod } = TEXT;
    if (length[httpRoute] > 0) {
      this.#fill(key, ROUTE_OF.http, httpMethod, httpRoute);
    } else if (length[httpMethod] > 0) {
      this.#fill(key, ROUTE_OF.httpName, httpMethod, TEXT.name);
    } else if (length[rpcService] > 0 || length[rpcMethod] > 0) {
      this.#fill(key, ROUTE_OF.rpc, rpcSystem, rpcService, rpcMethod);
    } else if (length[rpcSystem] > 0) {
      this.#fill(key, ROUTE_OF.rpcName, rpcSystem, TEXT.name);
    } else {
      this.#fillOther(key);
    }
  }

  #fillOther(key: ByteKey): void {
    const { operationName, operationType, destination } = TEXT;
    const operation =
      this.#length[operationName] > 0 ? operationName : operationType;
    if (this.#length[destination] > 0 || this.#length[operation] > 0) {
      this.#fill(key, ROUTE_OF.messaging, operation, destination);
    } else {
      this.#fill(key, ROUTE_OF.other, TEXT.name);
    }
  }

  #fill(key: ByteKey, routeOf: number, a: number, b = -1, c = -1): void {
    const start = this.#start;
    const length = this.#length;
    key.set(
      routeOf,
      start[a],
      length[a],
      b < 0 ? 0 : start[b],
      b < 0 ? 0 : length[b],
      c < 0 ? 0 : start[c],
      c < 0 ? 0 : length[c],
    );
  }

  /** Creates the route from the strings. */
  nameRoute(routeOf: number): RouteName {
    return nameRoute(routeOf, this.#read);
  }

  #text(index: number): string {
    const start = this.#start[index];
    return (
      this.#override[index] ??
      this.body.toString('utf8', start, start + this.#length[index])
    );
  }
}
