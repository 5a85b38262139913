import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Knex } from 'knex';
import { ensureEntity } from '../../../plugins/cloudtrace-backend/src/database/operations/entities/ensureEntity';
import { listCounts } from '../../../plugins/cloudtrace-backend/src/database/operations/scans/listCounts';
import {
  countFindings,
  listFindings,
  listTools,
} from '../../../plugins/cloudtrace-backend/src/database/operations/scans/listFindings';
import {
  readChanges,
  readCounts,
  readTrend,
} from '../../../plugins/cloudtrace-backend/src/database/operations/scans/readSummary';
import { insertToken } from '../../../plugins/cloudtrace-backend/src/database/operations/tokens/insertToken';
import { createSecretHasher } from '../../../plugins/cloudtrace-backend/src/tokens/hashSecret';
import { generateToken } from '../../../plugins/cloudtrace-backend/src/tokens/tokenFormat';
import { startPostgres } from '../postgres';
import { count, type Figure } from '../report';
import { startBackend } from '../server/startBackend';
import type { SuiteOptions } from './types';

const MIB = 1024 * 1024;

/** Upload of the largest SARIF file, and reads with a million findings. */
export async function scansSuite(options: SuiteOptions): Promise<Figure[]> {
  const postgres = await startPostgres();
  try {
    const upload = await measureUpload(postgres, options);
    const reads = await measureReads(postgres.knex, options);
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
    // Code that runs for the first time is compiled; that is not what is asked.
    const small = gzipSync(JSON.stringify(makeSarif(10)));
    await send(backend.port, token, small, 'warm-up');
    await backend.reset();
    const idle = (await backend.usage()).rssBytes;
    const start = performance.now();
    const status = await send(backend.port, token, body, 'large');
    const durationMs = performance.now() - start;
    if (status !== 201) throw new Error(`The upload was answered ${status}`);
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
      figure('Memory above idle meanwhile', aboveIdle, 400),
      figure('Event loop delay p99 meanwhile', usage.eventLoopDelayP99Ms, 100),
    ];
  } finally {
    await backend.stop();
  }
}

async function measureReads(
  knex: Knex,
  { quick, log }: SuiteOptions,
): Promise<Figure[]> {
  const entities = quick ? 100 : 1_000;
  await seed(knex, entities);
  const filter = { entityId: 100_007, states: ['open'] as const };
  const times = Array.from(
    { length: 30 },
    (_, i) => new Date(Date.now() - i * 86_400_000),
  );
  const reads: Array<[string, () => Promise<unknown>]> = [
    [
      'Tab: page, total, tools and summary',
      () =>
        Promise.all([
          listFindings(knex, filter, {
            sort: 'severity',
            order: 'desc',
            limit: 51,
          }),
          countFindings(knex, filter),
          listTools(knex, filter.entityId),
          readCounts(knex, filter.entityId),
          readChanges(knex, filter.entityId),
          readTrend(knex, filter.entityId, times),
        ]),
    ],
    ['Roll-up over all entities', () => listCounts(knex)],
    ['Who has a CVE', () => listCounts(knex, 'CVE-2025-10042')],
  ];
  const figures: Figure[] = [];
  for (const [what, read] of reads) {
    const durations: number[] = [];
    for (let i = 0; i < 60; i++) {
      const start = performance.now();
      await read();
      // The first ones fill caches.
      if (i >= 10) durations.push(performance.now() - start);
    }
    durations.sort((a, b) => a - b);
    const p95 = durations[Math.floor(durations.length * 0.95)];
    log(`${what}: p95 ${p95.toFixed(1)} ms`);
    figures.push({
      what,
      value: p95,
      unit: 'ms',
      floor: 100,
      goal: 100,
      higher: false,
      detail: `${count(entities)} entities, ${count(
        entities * 1_000,
      )} findings, p95 of 50, in the database`,
    });
  }
  return figures;
}

/** A thousand findings for each entity, half of them open, some with a CVE. */
async function seed(knex: Knex, entities: number): Promise<void> {
  await knex.raw(
    `INSERT INTO entities (entity_id, entity_ref) OVERRIDING SYSTEM VALUE
     SELECT 100000 + e, 'component:default/scanned-' || e FROM generate_series(1, ?::int) e`,
    [entities],
  );
  await knex.raw(
    `INSERT INTO findings (entity_id, finding_id, state, severity, title, rule_id, tools,
            cves, cwes, first_seen_at, last_seen_at)
     SELECT 100000 + e, gen_random_uuid(), CASE WHEN f % 2 = 0 THEN 'open' ELSE 'fixed' END,
            f % 5, 'A finding with a title of the usual length ' || f, 'rule-' || f % 50,
            ARRAY['bench'], CASE WHEN f % 4 = 0 THEN ARRAY['CVE-2025-' || 10000 + (e * 7 + f) % 5000]
                                 ELSE '{}'::text[] END,
            '{}', now(), now()
       FROM generate_series(1, ?::int) e, generate_series(1, 1000) f`,
    [entities],
  );
  await knex.raw(
    `INSERT INTO finding_counts
     SELECT 100000 + e, 100, 100, 100, 100, 100, 0, 0, now() FROM generate_series(1, ?::int) e`,
    [entities],
  );
  await knex.raw(
    `INSERT INTO finding_count_history
     SELECT 100000 + e, now() - make_interval(hours => h), 100, 100, 100, 100, 100
       FROM generate_series(1, ?::int) e, generate_series(1, 100) h`,
    [entities],
  );
  await knex.raw('ANALYZE findings, finding_counts, finding_count_history');
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
          // Random, so that the file does not shrink more than real ones do.
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
  const hasher = createSecretHasher(undefined);
  const { tokenId, secret, token } = generateToken();
  const entityRef = 'component:default/bench-scans';
  await insertToken(knex, {
    token_id: tokenId,
    entity_id: await ensureEntity(knex, entityRef),
    entity_ref: entityRef,
    environment: 'production',
    kind: 'scans',
    name: 'bench',
    secret_hash: hasher.hash(tokenId, secret),
    pepper_id: hasher.pepperId,
    created_by: 'user:default/bench',
    expires_in_days: 1,
  });
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
