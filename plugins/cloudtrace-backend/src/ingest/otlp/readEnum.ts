import type { JsonByteReader } from './JsonByteReader';
import { readDigits } from './readDigits';

/** Reads an enum by number or name; 0 for anything else. */
export function readEnum(
  reader: JsonByteReader,
  names: Record<string, number>,
): number {
  const scalar = reader.readScalar();
  if (scalar === 'number') {
    return readDigits(reader.bytes, reader.start, reader.length);
  }
  return scalar === 'text' ? names[reader.text()] ?? 0 : 0;
}
