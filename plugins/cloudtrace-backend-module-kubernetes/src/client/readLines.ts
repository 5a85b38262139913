import { StringDecoder } from 'node:string_decoder';
import { unreadable } from './ClusterCallError';

/** No object is larger: etcd stores at most 1.5 MiB. */
const MAX_LINE_LENGTH = 8 * 1024 * 1024;

/** Splits a streamed response into lines. */
export async function* readLines(
  body: AsyncIterable<Buffer | string>,
): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of body) {
    rest += typeof chunk === 'string' ? chunk : decoder.write(chunk);
    let start = 0;
    for (
      let end = rest.indexOf('\n', start);
      end >= 0;
      end = rest.indexOf('\n', start)
    ) {
      if (end > start) yield rest.slice(start, end);
      start = end + 1;
    }
    rest = rest.slice(start);
    if (rest.length > MAX_LINE_LENGTH) {
      throw unreadable('kubernetes-too-large');
    }
  }
  // An incomplete last line was cut off; the next watch repeats its event.
}
