import { createKeyFinder } from './attributes';
import type { JsonByteReader } from './JsonByteReader';
import { readMember, scanKeyValue, VALUE } from './jsonKeyValue';
import type { ResourceReceiver } from './ResourceNames';

const findResourceMember = createKeyFinder(['attributes']);

/** Reads the attributes of a Resource. */
export function scanJsonResource(
  reader: JsonByteReader,
  names: ResourceReceiver,
): void {
  if (!reader.enterObject()) {
    return;
  }
  do {
    if (readMember(reader, findResourceMember) !== 1) {
      reader.skipValue();
    } else if (reader.enterArray()) {
      do {
        const code = scanKeyValue(reader, names.find);
        const { valueKind } = reader;
        if (code > 0 && (valueKind === VALUE.text || valueKind === VALUE.int)) {
          const override = reader.escaped ? reader.text() : undefined;
          names.take(code, reader.start, reader.length, override);
        }
      } while (reader.nextElement());
    }
  } while (reader.nextMember());
}
