/**
 * A 128-bit digest of the ids of all spans in a body, which identifies a second
 * copy of the body. Four lanes, each mixed like MurmurHash3. Not secure against
 * forgery, because it is compared only within one entity.
 */
export class Fingerprint {
  #a = 0;
  #b = 0;
  #c = 0;
  #d = 0;
  #count = 0;

  /** Starts a new body of an environment. */
  start(environment: string): void {
    this.#a = 0x3c6ef372;
    this.#b = 0x510e527f;
    this.#c = 0x1f83d9ab;
    this.#d = 0x5be0cd19;
    this.#count = 0;
    for (let index = 0; index < environment.length; index++) {
      this.add(environment.charCodeAt(index), index, 0, 0, 0, 0);
    }
  }

  /** Adds the trace id (four words) and the span id (two words) of a span. */
  add(
    t0: number,
    t1: number,
    t2: number,
    t3: number,
    s0: number,
    s1: number,
  ): void {
    this.#count++;
    let a = this.#a ^ mix(t0 ^ s1, 0x239b961b, 0xab0e9789);
    let b = this.#b ^ mix(t1 ^ s0, 0xab0e9789, 0x38b34ae5);
    let c = this.#c ^ mix(t2 + Math.imul(s0, 5), 0x38b34ae5, 0xa1e38b93);
    let d = this.#d ^ mix(t3 + Math.imul(s1, 5), 0xa1e38b93, 0x239b961b);
    a = (Math.imul(((a << 19) | (a >>> 13)) + b, 5) + 0x561ccd1b) | 0;
    b = (Math.imul(((b << 17) | (b >>> 15)) + c, 5) + 0x0bcaa747) | 0;
    c = (Math.imul(((c << 15) | (c >>> 17)) + d, 5) + 0x96cd1c35) | 0;
    d = (Math.imul(((d << 13) | (d >>> 19)) + a, 5) + 0x32ac3b17) | 0;
    this.#a = a;
    this.#b = b;
    this.#c = c;
    this.#d = d;
  }

  /** The digest as a UUID. */
  toUuid(): string {
    let a = this.#a ^ this.#count;
    let b = this.#b ^ this.#count;
    let c = this.#c ^ this.#count;
    let d = this.#d ^ this.#count;
    a = (a + b + c + d) | 0;
    b = finish(b + a);
    c = finish(c + a);
    d = finish(d + a);
    a = finish(a + b + c + d);
    const hex = hexWord(a) + hexWord(b) + hexWord(c) + hexWord(d);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(
      12,
      16,
    )}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }
}

function mix(word: number, first: number, second: number): number {
  const product = Math.imul(word, first);
  return Math.imul((product << 15) | (product >>> 17), second);
}

function finish(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function hexWord(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
