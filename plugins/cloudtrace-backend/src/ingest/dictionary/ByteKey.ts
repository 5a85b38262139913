/**
 * Up to three byte ranges of one buffer that together identify a name. One
 * object serves all names; it is always filled completely, so that nothing of
 * the previous name remains.
 */
export class ByteKey {
  /** Distinguishes keys whose ranges have different meanings. */
  tag = 0;
  aStart = 0;
  aLength = 0;
  bStart = 0;
  bLength = 0;
  cStart = 0;
  cLength = 0;

  /** Fills the key; a missing range has a length of 0. */
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
