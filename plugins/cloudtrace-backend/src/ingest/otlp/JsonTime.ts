import type { JsonByteReader } from './JsonByteReader';

/** A time as microseconds since 1970 and the nanoseconds below them, without an object for each. */
export class JsonTime {
  us = 0;
  ns = 0;

  /** Reads nanoseconds since 1970 from a text or number; 0 for anything else. */
  read(reader: JsonByteReader): void {
    this.us = 0;
    this.ns = 0;
    if (reader.readScalar() === 'other') {
      return;
    }
    const { bytes, start, length } = reader;
    // The last three digits are nanoseconds, the ones before are microseconds.
    const split = start + Math.max(0, length - 3);
    let us = 0;
    let ns = 0;
    for (let at = start; at < start + length; at++) {
      const digit = bytes[at] - 48;
      if (digit < 0 || digit > 9) {
        // A number such as 1.7e18, or no number at all.
        const value = Number(bytes.toString('latin1', start, start + length));
        this.us = value > 0 ? Math.floor(value / 1000) : 0;
        return;
      }
      if (at < split) {
        us = us * 10 + digit;
      } else {
        ns = ns * 10 + digit;
      }
    }
    this.us = us;
    this.ns = ns;
  }
}
