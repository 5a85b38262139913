import { gzipSync } from 'node:zlib';
import { RawHttpClient } from '../load/RawHttpClient';
import { runLoad } from '../load/runLoad';
import { startPostgres } from '../postgres';
import { type Figure } from '../report';
import {
  createTokens,
  startBackend,
  type BackendUsage,
} from '../server/startBackend';
import type { SuiteOptions } from './types';

const PATH = '/api/cloudtrace/otlp/v1/traces';
const MIB = 1024 * 1024;

/** Memory and event loop under four times the load, and under hostile bodies. */
export async function hostileSuite({
  seconds,
  log,
}: SuiteOptions): Promise<Figure[]> {
  const postgres = await startPostgres();
  const tokens = await createTokens(postgres.knex, 16);
  const backend = await startBackend(postgres.connectionString);
  const usages: { name: string; usage: BackendUsage }[] = [];
  try {
    const plan = {
      port: backend.port,
      path: PATH,
      tokens,
      gzip: true,
      encoding: 'protobuf' as const,
      spansPerRequest: 500,
      connections: 48,
      warmUpMs: 1000,
      durationMs: seconds * 1000,
    };
    // The first run compiles code, which this suite does not measure.
    await runLoad(plan);
    await sendHostile(backend.port, tokens[0], 2000);
    await backend.reset();
    const idle = (await backend.usage()).rssBytes;
    const overload = await runLoad({ ...plan, connections: 4 * 48 });
    usages.push({
      name: `overload ${JSON.stringify(overload.statuses)}`,
      usage: await backend.usage(),
    });
    await backend.reset();
    const statuses = await sendHostile(backend.port, tokens[0], seconds * 1000);
    usages.push({
      name: `hostile bodies ${JSON.stringify(statuses)}`,
      usage: await backend.usage(),
    });
    for (const { name, usage } of usages) {
      log(
        `${name}: peak ${((usage.peakRssBytes - idle) / MIB).toFixed(
          0,
        )} MiB above idle (${(idle / MIB).toFixed(
          0,
        )} MiB), event loop delay p99 ${usage.eventLoopDelayP99Ms.toFixed(
          0,
        )} ms`,
      );
    }
    const worst = (pick: (usage: BackendUsage) => number) =>
      Math.max(...usages.map(({ usage }) => pick(usage)));
    return [
      {
        what: 'backend memory under 4 × overload and hostile bodies, above idle',
        value: worst(usage => (usage.peakRssBytes - idle) / MIB),
        unit: 'MiB',
        floor: 300,
        goal: 150,
        higher: false,
        detail: `idle ${(idle / MIB).toFixed(0)} MiB`,
      },
      {
        what: 'event-loop delay p99 under the same load',
        value: worst(usage => usage.eventLoopDelayP99Ms),
        unit: 'ms',
        floor: 100,
        goal: 50,
        higher: false,
        detail: 'the higher of the two',
      },
    ];
  } finally {
    await backend.stop();
    await postgres.stop();
  }
}

/** Sends the hostile bodies repeatedly on four connections. */
async function sendHostile(port: number, token: string, durationMs: number) {
  const json = 'content-type: application/json';
  const protobuf = 'content-type: application/x-protobuf';
  const gzip = 'content-encoding: gzip';
  const bodies: [string[], Buffer][] = [
    [[json, gzip], gzipSync(Buffer.alloc(1024 * MIB))],
    [[json], Buffer.from(`{"resourceSpans":[${'{},'.repeat(2_000_000)}{}]}`)],
    [[json], Buffer.from('['.repeat(8_000_000))],
    [[protobuf], Buffer.alloc(8_000_000, Buffer.from([10, 0]))],
    [[protobuf, gzip], gzipSync(Buffer.alloc(8_000_000, Buffer.from([10, 0])))],
    [[protobuf], Buffer.alloc(8_000_000, 0xff)],
    [[json], Buffer.from(`{"x":"${'a'.repeat(8_000_000)}"}`)],
  ];
  const statuses: Record<string, number> = {};
  const until = performance.now() + durationMs;
  await Promise.all(
    Array.from({ length: 4 }, async (_, offset) => {
      for (let index = offset; performance.now() < until; index++) {
        const [headers, body] = bodies[index % bodies.length];
        const head = [
          `POST ${PATH} HTTP/1.1`,
          'host: 127.0.0.1',
          `authorization: Bearer ${token}`,
          ...headers,
          '',
        ].join('\r\n');
        const client = new RawHttpClient(port, head);
        const answer = await client
          .send([body])
          .catch(() => ({ status: 'cut' }));
        statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
        client.close();
      }
    }),
  );
  return statuses;
}
