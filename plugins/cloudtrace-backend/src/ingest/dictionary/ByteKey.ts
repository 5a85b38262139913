/**
 * Up to three byte ranges of one buffer that together name something. One
 * object serves all names; it is only ever filled as a whole, so that nothing
 * of the name before is left in it.
 */
export class ByteKey {
  /** Tells apart keys whose ranges mean different things. */
  tag = 0;
  aStart = 0;
  aLength = 0;
  bStart = 0;
  bLength = 0;
  cStart = 0;
  cLength = 0;

  /** Fills the key; a range that is missing has a length of 0. */
  set(
    tag: number,
    aStart: number,
    aLength: number,
    bStart: number,
    bLength: number,
    cStart: number,
    cLength: number,
  ): void {
    this.tag = tag;
    this.aStart = aStart;
    this.aLength = aLength;
    this.bStart = bStart;
    this.bLength = bLength;
    this.cStart = cStart;
    this.cLength = cLength;
  }
}
