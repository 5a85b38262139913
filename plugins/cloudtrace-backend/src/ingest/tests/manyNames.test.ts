import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { testPostgresVersions } from '../../testUtils';
import { httpSpan, otlpProtobuf } from '../../testUtils/otlp';
import { postBody } from '../../testUtils/postBody';
import { compareRollupsWithRows } from '../../testUtils/rollupInvariant';
import {
  startChildBackend,
  type ChildBackend,
} from './faults/startChildBackend';
import {
  startFaultPostgres,
  type FaultPostgres,
} from './faults/startFaultPostgres';

/*
 * Sends requests with new routes and instances every time, like a service that
 * puts ids into its routes. CLOUDTRACE_NAMES sets the number (60 000 for CI; 1
 * 000 000 by hand).
 */
const NAMES = Number(process.env.CLOUDTRACE_NAMES ?? 60_000);
const PATH = '/api/cloudtrace/otlp/v1/traces';

/** The maximum per body, so that each body has as many names. */
const SPANS_PER_BODY = 10_000;
const MIB = 1024 * 1024;

jest.setTimeout(120_000 + NAMES * 0.6);

describe.each(testPostgresVersions())('many names, PostgreSQL %s', version => {
  let database: FaultPostgres;
  let backend: ChildBackend;

  beforeAll(async () => {
    database = await startFaultPostgres({ version, durable: false });
    backend = await startChildBackend(
      database.server.connectionString(),
      undefined,
      { ingest: { quotas: { spansPerSecond: 0 } } },
    );
  });
  afterAll(async () => {
    await backend?.kill();
    await database?.stop();
  });

  it('are counted as (other) beyond the quota; each request is stored and memory stays bounded', async () => {
    const statuses: Record<string, number> = {};
    const residentBytes: number[] = [];
    const makeBody = bodyMaker();
    let next = 0;
    const began = performance.now();
    const send = async () => {
      while (next < NAMES) {
        const body = makeBody(next / SPANS_PER_BODY);
        next += SPANS_PER_BODY;
        const answer = await postBody(
          backend.port,
          PATH,
          {
            authorization: `Bearer ${database.token}`,
            'content-type': 'application/x-protobuf',
          },
          body,
        );
        const key =
          answer.status === 200 ? '200' : `${answer.status} ${answer.body}`;
        statuses[key] = (statuses[key] ?? 0) + 1;
        residentBytes.push(readResidentBytes(backend.pid));
      }
    };
    await Promise.all([send(), send()]);
    const seconds = (performance.now() - began) / 1000;

    const { rows } = await database.knex.raw(`
      SELECT (SELECT count(*) FROM requests)::int AS requests,
             (SELECT count(*) FROM routes)::int AS routes,
             (SELECT count(*) FROM instances)::int AS instances,
             (SELECT count(*) FROM requests JOIN routes USING (entity_id, route_id)
               WHERE route = '(other)')::int AS other_routes,
             (SELECT count(*) FROM requests JOIN instances USING (entity_id, instance_id)
               WHERE instance_key = '(other)')::int AS other_instances`);
    // The first body to arrive uses up the day's quotas.
    const warm = Math.max(...residentBytes.slice(0, 3));
    const growthMib = (Math.max(...residentBytes) - warm) / MIB;
    process.stdout.write(
      `PostgreSQL ${version}: ${next} routes and instances in ${seconds.toFixed()} s, ` +
        `answers ${JSON.stringify(statuses)}, ${JSON.stringify(rows[0])}, ` +
        `${(warm / MIB).toFixed()} MiB after three bodies, at most ` +
        `${growthMib.toFixed()} MiB more later\n`,
    );
    expect(statuses).toEqual({ '200': next / SPANS_PER_BODY });
    expect(rows).toEqual([
      {
        requests: next,
        routes: 1001,
        instances: 501,
        other_routes: next - 1000,
        other_instances: next - 500,
      },
    ]);
    // A sawtooth of about 150 MiB between collections, as high after two
    // million names as after a hundred thousand.
    expect(growthMib).toBeLessThan(300);
    const compared = await compareRollupsWithRows(database.knex);
    expect(compared.rollups).toEqual(compared.rows);
  });
});

/**
 * Creates bodies in which every request has its own route and instance, from
 * one encoded body: encoding a hundred of them takes longer than storing them.
 */
function bodyMaker(): (number: number) => Buffer {
  const placeholder = '#####';
  const traceId = randomBytes(16);
  const template = otlpProtobuf(
    Array.from({ length: SPANS_PER_BODY }, (_, index) => ({
      resource: { 'service.instance.id': `instance-${placeholder}-${index}` },
      spans: [
        httpSpan({
          traceId: traceId.toString('hex'),
          attributes: {
            'http.route': `/customers/${placeholder}-${index}/orders`,
          },
        }),
      ],
    })),
  ).toString('latin1');
  return number => {
    const ownTraceId = randomBytes(16).toString('latin1');
    return Buffer.from(
      template
        .replaceAll(placeholder, String(number).padStart(5, '0'))
        // A function, because a random $ has a meaning in a replacement text.
        .replaceAll(traceId.toString('latin1'), () => ownTraceId),
      'latin1',
    );
  };
}

/** Memory that the process shares with others. */
function readResidentBytes(pid: number): number {
  const [, kib] = /^VmRSS:\s+(\d+) kB/m.exec(
    readFileSync(`/proc/${pid}/status`, 'utf8'),
  )!;
  return Number(kib) * 1024;
}
