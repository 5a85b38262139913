/** Reads a number of up to three digits; 0 for anything else. */
export function readDigits(
  bytes: Uint8Array,
  start: number,
  length: number,
): number {
  if (length > 3) {
    return 0;
  }
  let value = 0;
  for (let index = start; index < start + length; index++) {
    const digit = bytes[index] - 48;
    if (digit < 0 || digit > 9) {
      return 0;
    }
    value = value * 10 + digit;
  }
  return value;
}
