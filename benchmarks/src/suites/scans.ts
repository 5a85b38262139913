import { randomBytes } from 'node:crypto';
import { Agent, get, request } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Knex } from 'knex';
import { ensureEntity } from '../../../plugins/cloudtrace-backend/src/database/entities/ensureEntity';
import { insertToken } from '../../../plugins/cloudtrace-backend/src/tokens/database/insertToken';
import { createSecretHasher } from '../../../plugins/cloudtrace-backend/src/tokens/hashSecret';
import { generateToken } from '../../../plugins/cloudtrace-backend/src/tokens/tokenFormat';
import { startPostgres } from '../postgres';
import { count, median, type Figure } from '../report';
import { startBackend, type RunningBackend } from '../server/startBackend';
import type { SuiteOptions } from './types';

const MIB = 1024 * 1024;

/** Uploads the largest SARIF file, and reads with a million findings. */
export async function scansSuite(options: SuiteOptions): Promise<Figure[]> {
  const postgres = await startPostgres();
  try {
    const upload = await measureUpload(postgres, options);
    const reads = await measureReads(postgres, options);
    return [...upload, ...reads];
  } finally {
    await postgres.stop();
  }
}

async function measureUpload(
  postgres: { knex: Knex; connectionString: string },
  { quick, log }: SuiteOptions,
): Promise<Figure[]> {
  const results = quick ? 5_000 : 25_000;
  const raw = Buffer.from(JSON.stringify(makeSarif(results)));
  const body = gzipSync(raw);
  const token = await createScanToken(postgres.knex);
  const backend = await startBackend(postgres.connectionString);
  try {
    // The first run compiles code, which this suite does not measure.
    const small = gzipSync(JSON.stringify(makeSarif(10)));
    await send(backend.port, token, small, 'warm-up');
    await backend.reset();
    const idle = (await backend.usage()).rssBytes;
    const start = performance.now();
    const status = await send(backend.port, token, body, 'large');
    const durationMs = performance.now() - start;
    if (status !== 201) throw new Error(`The upload returned ${status}`);
    const usage = await backend.usage();
    const aboveIdle = (usage.peakRssBytes - idle) / MIB;
    const detail = `${count(results)} results, ${(raw.length / MIB).toFixed(
      0,
    )} MiB, ${(body.length / MIB).toFixed(1)} MiB as gzip, answer ${status}`;
    log(`${detail}: ${durationMs.toFixed(0)} ms`);
    const figure = (what: string, value: number, most: number): Figure => ({
      what,
      value,
      unit: what.includes('Memory') ? 'MiB' : 'ms',
      floor: most,
      goal: most,
      higher: false,
      detail,
    });
    return [
      figure('Upload of a large SARIF file', durationMs, 10_000),
      figure('Memory above idle during the upload', aboveIdle, 400),
      figure(
        'Event loop delay p99 during the upload',
        usage.eventLoopDelayP99Ms,
        100,
      ),
    ];
  } finally {
    await backend.stop();
  }
}

/** The requests of an open page, all at once as the browser sends them. */
const pages: Array<{ what: string; paths: string[] }> = [
  {
    what: 'Tab: findings, summary with trend, scans',
    paths: ['findings', 'findings/summary', 'scans'].map(inEntity),
  },
  {
    what: 'Tab: search in fixed findings, by title',
    paths: [
      inEntity('findings?state=fixed&search=length%2042&sort=title&order=asc'),
    ],
  },
  { what: 'Roll-up over all entities', paths: ['findings?limit=50'] },
  { what: 'Roll-up by owner', paths: ['findings?groupBy=owner'] },
  { what: 'Services with a CVE', paths: ['findings?cve=CVE-2025-10042'] },
];

function inEntity(path: string): string {
  return `entities/component/default/scanned-500/${path}`;
}

async function measureReads(
  postgres: { knex: Knex; connectionString: string },
  { quick, log }: SuiteOptions,
): Promise<Figure[]> {
  const entities = quick ? 501 : 1_000;
  const each = quick ? 100 : 1_000;
  await seed(postgres.knex, entities, each);
  const backend = await startBackend(postgres.connectionString);
  const agent = new Agent({ keepAlive: true });
  const figures: Figure[] = [];
  try {
    for (const { what, paths } of pages) {
      const durations: number[] = [];
      for (let i = 0; i < 210; i++) {
        const start = performance.now();
        await Promise.all(paths.map(path => read(backend, agent, path)));
        // The first requests compile code and fill caches.
        if (i >= 10) durations.push(performance.now() - start);
      }
      durations.sort((x, y) => x - y);
      const p95 = durations[Math.floor(durations.length * 0.95)];
      log(
        `${what}: p50 ${median(durations).toFixed(1)} ms, p95 ${p95.toFixed(
          1,
        )} ms`,
      );
      figures.push({
        what: `${what}, p95`,
        value: p95,
        unit: 'ms',
        floor: 100,
        goal: 100,
        higher: false,
        detail: `${count(entities)} entities, ${count(
          entities * each,
        )} findings; p50 ${median(durations).toFixed(1)} ms of 200 over HTTP`,
      });
    }
    return figures;
  } finally {
    agent.destroy();
    await backend.stop();
  }
}

function read(
  { port, accessToken }: RunningBackend,
  agent: Agent,
  path: string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    get(
      {
        host: '127.0.0.1',
        port,
        agent,
        path: `/api/cloudtrace/v1/${path}`,
        headers: { authorization: `Bearer ${accessToken}` },
      },
      answer => {
        let body = '';
        answer.on('data', chunk => (body += chunk));
        answer.once('end', () => {
          const { items, open } = JSON.parse(body);
          // Guards against measuring fast but empty responses.
          if (answer.statusCode === 200 && (items?.length > 0 || open)) {
            resolve();
          } else {
            reject(new Error(`${path}: ${answer.statusCode} ${body}`));
          }
        });
      },
    ).once('error', reject);
  });
}

/**
 * Findings for each entity, half of them open, some with a CVE; five streams, a
 * hundred scans and a month of counts.
 */
async function seed(knex: Knex, entities: number, each: number): Promise<void> {
  await knex.raw(
    `INSERT INTO entities (entity_id, entity_ref) OVERRIDING SYSTEM VALUE
     SELECT 100000 + e, 'component:default/scanned-' || e FROM generate_series(1, ?::int) e`,
    [entities],
  );
  await knex.raw(
    `INSERT INTO findings (entity_id, finding_id, state, severity, title, rule_id, tools,
            cves, cwes, first_seen_at, last_seen_at, location)
     SELECT 100000 + e, gen_random_uuid(), CASE WHEN f % 2 = 0 THEN 'open' ELSE 'fixed' END,
            f % 5, 'A finding with a title of the usual length ' || f, 'rule-' || f % 50,
            ARRAY['bench'], CASE WHEN f % 4 = 0 THEN ARRAY['CVE-2025-' || 10000 + (e * 7 + f) % 5000]
                                 ELSE '{}'::text[] END,
            '{}', now(), now(), jsonb_build_object('path', 'src/module/file-' || f || '.ts', 'startLine', f)
       FROM generate_series(1, ?::int) e, generate_series(1, ?::int) f`,
    [entities, each],
  );
  await knex.raw(
    `INSERT INTO scan_streams (entity_id, stream_id, tool, category, ref, current_scan_id, analysed_at)
     SELECT 100000 + e, gen_random_uuid(), 'bench-' || s, 'default', 'main', gen_random_uuid(), now()
       FROM generate_series(1, ?::int) e, generate_series(1, 5) s`,
    [entities],
  );
  await knex.raw(
    `INSERT INTO scans (entity_id, scan_id, stream_id, tool, category, ref, format, status,
            received_at, findings, digest, sent_by)
     SELECT t.entity_id, CASE WHEN n = 1 THEN t.current_scan_id ELSE gen_random_uuid() END,
            t.stream_id, t.tool, t.category, t.ref, 'sarif', 'imported',
            now() - make_interval(mins => n * 30), 100, decode('00', 'hex'), 'token:bench'
       FROM scan_streams t, generate_series(1, 20) n
      WHERE t.entity_id > 100000`,
  );
  await knex.raw(
    `UPDATE findings f SET new_scan_id = t.current_scan_id
       FROM scan_streams t
      WHERE t.entity_id = f.entity_id AND t.tool = 'bench-1' AND f.severity = 4
        AND f.entity_id > 100000`,
  );
  await knex.raw(
    `INSERT INTO finding_counts
     SELECT entity_id, count(*) FILTER (WHERE severity = 4), count(*) FILTER (WHERE severity = 3),
            count(*) FILTER (WHERE severity = 2), count(*) FILTER (WHERE severity = 1),
            count(*) FILTER (WHERE severity = 0), 0, 0, now()
       FROM findings WHERE entity_id > 100000 AND state = 'open' GROUP BY entity_id`,
  );
  await knex.raw(
    `INSERT INTO finding_count_history
     SELECT entity_id, now() - make_interval(hours => h), critical, high, medium, low, info
       FROM finding_counts, generate_series(1, 720) h WHERE entity_id > 100000`,
  );
  await knex.raw(
    'VACUUM ANALYZE findings, scan_streams, scans, finding_counts, finding_count_history',
  );
}

function makeSarif(results: number): object {
  const text =
    'User input reaches a query without being escaped, so that whoever sends it can read and change what the query reads. ';
  return {
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'bench' } },
        results: Array.from({ length: results }, (_, i) => ({
          ruleId: `rule-${i % 200}`,
          level: i % 3 ? 'warning' : 'error',
          // Random, so that the file does not compress better than real ones.
          message: {
            text: `${text.repeat(9)} ${randomBytes(320).toString('hex')}`,
          },
          partialFingerprints: {
            primaryLocationLineHash: `${(i * 2654435761).toString(16)}:1`,
          },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: `src/module-${i % 900}/file-${i}.ts` },
                region: { startLine: i + 1, startColumn: 3, endColumn: 40 },
              },
            },
          ],
          codeFlows: [
            {
              threadFlows: [
                {
                  locations: Array.from({ length: 4 }, (__, step) => ({
                    location: {
                      physicalLocation: {
                        artifactLocation: { uri: `src/step-${step}.ts` },
                        region: { startLine: i + step + 1 },
                      },
                    },
                  })),
                },
              ],
            },
          ],
        })),
      },
    ],
  };
}

async function createScanToken(knex: Knex): Promise<string> {
  const hasher = createSecretHasher();
  const { tokenId, secret, token } = generateToken();
  const entityRef = 'component:default/bench-scans';
  await insertToken(
    knex,
    {
      token_id: tokenId,
      entity_id: await ensureEntity(knex, entityRef),
      entity_ref: entityRef,
      environment: 'production',
      kind: 'scans',
      name: 'bench',
      secret_hash: hasher.hash(tokenId, secret),
      pepper_id: hasher.pepperId,
      created_by: 'user:default/bench',
      entity_uid: null,
      expires_in_days: 1,
    },
    () => true,
  );
  return token;
}

function send(
  port: number,
  token: string,
  body: Buffer,
  category: string,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(
      {
        host: '127.0.0.1',
        port,
        method: 'POST',
        path: `/api/cloudtrace/scans/sarif?category=${category}`,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/sarif+json',
          'content-encoding': 'gzip',
          'content-length': body.length,
        },
      },
      answer => {
        answer.resume();
        answer.once('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    call.once('error', reject);
    call.end(body);
  });
}
