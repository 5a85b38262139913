import {
  httpSpan,
  otlpProtobuf,
  testId,
} from '../../../../plugins/cloudtrace-backend/src/testUtils/otlp';
import { RawHttpClient } from '../../load/RawHttpClient';

const SPANS = 100;
const ROUTES = 10;
const INSTANCES = 2;

/** How long services wait that all send a request at the same time. */
export interface NamesRun {
  /** With routes and instances that were never seen before. */
  newMs: number;
  /** With the same ones again. */
  knownMs: number;
}

/**
 * Lets services send one request each at the same time, like after the start of
 * everything: first with new routes and instances, then with known ones.
 */
export async function measureNewNames(
  port: number,
  path: string,
  tokens: readonly string[],
): Promise<NamesRun> {
  // Looks up the tokens, so that they do not count as new names.
  await sendAll(port, path, tokens, testId(16));
  const names = testId(16);
  const newMs = await sendAll(port, path, tokens, names);
  const known: number[] = [];
  for (let round = 0; round < 3; round++) {
    known.push(await sendAll(port, path, tokens, names));
  }
  return { newMs, knownMs: known.sort((a, b) => a - b)[1] };
}

/** Returns the time until the last response. */
async function sendAll(
  port: number,
  path: string,
  tokens: readonly string[],
  names: string,
): Promise<number> {
  const bodies = tokens.map(() => makeBody(names));
  const clients = tokens.map(
    token =>
      new RawHttpClient(
        port,
        [
          `POST ${path} HTTP/1.1`,
          'host: 127.0.0.1',
          'content-type: application/x-protobuf',
          `authorization: Bearer ${token}`,
          '',
        ].join('\r\n'),
      ),
  );
  const began = performance.now();
  const answers = await Promise.all(
    clients.map((client, index) => client.send([bodies[index]])),
  );
  const ms = performance.now() - began;
  clients.forEach(client => client.close());
  const rejected = answers.filter(({ status }) => status !== 200);
  if (rejected.length > 0) {
    throw new Error(
      `${rejected.length} of ${tokens.length} requests got ${rejected[0].status}`,
    );
  }
  return ms;
}

function makeBody(names: string): Buffer {
  const traceId = testId(32);
  return otlpProtobuf(
    Array.from({ length: INSTANCES }, (_, instance) => ({
      resource: { 'service.instance.id': `i-${names}-${instance}` },
      spans: Array.from({ length: SPANS / INSTANCES }, (__, span) =>
        httpSpan({
          traceId,
          attributes: { 'http.route': `/${names}/${span % ROUTES}` },
        }),
      ),
    })),
  );
}
