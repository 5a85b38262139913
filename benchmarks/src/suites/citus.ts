import type { Knex } from 'knex';
import {
  LocalCitus,
  localCitusVersion,
} from '../../../plugins/cloudtrace-backend/src/testUtils/LocalCitus';
import { runLoad } from '../load/runLoad';
import { emptyTables, startPostgres } from '../postgres';
import { count, median, type Figure } from '../report';
import {
  createTokens,
  startBackend,
  type RunningBackend,
} from '../server/startBackend';
import { measureNewNames, type NamesRun } from './citus/measureNewNames';
import { fillServices, measureReads } from './citus/measureReads';
import type { SuiteOptions } from './types';

const SHARDS = 32;

/** Requests behind the reads. */
const REQUESTS = 2_000_000;

const PATH = '/api/cloudtrace/otlp/v1/traces';

/** Services that send new names at once. */
const SERVICES = 150;

/** One entity fills whole batches; twenty share each, and both workers. */
const PLANS = [
  { entities: 1, floor: 0.85 },
  { entities: 20, floor: 0.75 },
];

/** A database under test. */
interface Target {
  knex: Knex;
  backend: RunningBackend;
  tokens: string[];
}

/**
 * Pages and ingest of a distributed database against one PostgreSQL of the same
 * version. Coordinator and workers share the machine, so this shows what
 * distribution costs, not what more machines bring.
 */
export async function citusSuite({
  quick,
  reps,
  seconds,
  log,
}: SuiteOptions): Promise<Figure[]> {
  const version = localCitusVersion();
  if (!version) {
    log(
      'NOT RUN: set CLOUDTRACE_CITUS_PG to the major version of an installed PostgreSQL with the extension citus',
    );
    return [];
  }
  const stops: (() => Promise<void>)[] = [];
  const rates: Record<string, number[]> = {};
  const names: NamesRun[] = [];
  const figures: Figure[] = [];
  try {
    const targets = await startTargets(version, stops);
    figures.push(...(await compareReads(targets, { quick, reps, log })));
    for (let rep = 0; rep < reps; rep++) {
      for (const [name, { backend, tokens }] of Object.entries(targets)) {
        const run = await measureNewNames(backend.port, PATH, tokens);
        if (name === 'citus') names.push(run);
        log(
          `${name.padEnd(6)} ${SERVICES} services at once: new names ${count(
            run.newMs,
          )} ms, known names ${count(run.knownMs)} ms`,
        );
      }
      for (const { entities } of PLANS) {
        for (const [name, target] of Object.entries(targets)) {
          await emptyTables(target.knex);
          const run = await runLoad({
            port: target.backend.port,
            path: PATH,
            tokens: target.tokens.slice(0, entities),
            gzip: true,
            encoding: 'protobuf',
            spansPerRequest: 500,
            connections: 40,
            warmUpMs: 3000,
            durationMs: seconds * 1000,
          });
          const rate = run.spans / run.seconds;
          (rates[`${name} ${entities}`] ??= []).push(rate);
          log(
            `${name.padEnd(6)} ${String(entities).padStart(2)} entities ${count(
              rate,
            ).padStart(7)} spans/s, ack p50 ${run.latencyMs.p50.toFixed(
              0,
            )} p99 ${run.latencyMs.p99.toFixed(0)} ms; ${JSON.stringify(
              run.statuses,
            )}`,
          );
        }
      }
    }
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
  const ratios: Figure[] = PLANS.map(({ entities, floor }) => {
    const distributed = median(rates[`citus ${entities}`]);
    const plain = median(rates[`plain ${entities}`]);
    return {
      what: `ingest of ${entities} ${
        entities === 1 ? 'entity' : 'entities'
      } on Citus, against one PostgreSQL`,
      value: distributed / plain,
      unit: '',
      floor,
      goal: 1,
      higher: true,
      detail: `${count(distributed)} against ${count(plain)} spans/s`,
    };
  });
  const newMs = median(names.map(run => run.newMs));
  const knownMs = median(names.map(run => run.knownMs));
  return [
    ...figures,
    ...ratios,
    {
      what: `requests of ${SERVICES} services at once on Citus: with new names, against known ones`,
      value: newMs / knownMs,
      unit: '×',
      floor: 2,
      goal: 1.5,
      higher: false,
      detail: `${count(newMs)} against ${count(knownMs)} ms`,
    },
  ];
}

async function compareReads(
  targets: Record<string, Target>,
  { quick, reps, log }: Pick<SuiteOptions, 'quick' | 'reps' | 'log'>,
): Promise<Figure[]> {
  const requests = quick ? REQUESTS / 5 : REQUESTS;
  for (const [name, { knex }] of Object.entries(targets)) {
    const began = performance.now();
    await fillServices(knex, requests);
    const seconds = (performance.now() - began) / 1000;
    log(`${name.padEnd(6)} ${count(requests)} requests in ${count(seconds)} s`);
  }
  const measured = await measureReads(
    { plain: targets.plain.backend, citus: targets.citus.backend },
    { times: quick ? 10 : 30, rounds: reps },
  );
  return [...measured].map(([{ what, floor }, { plain, citus }]) => {
    const detail = `p95 ${citus.toFixed(0)} against ${plain.toFixed(0)} ms`;
    log(`${what}: ${detail}`);
    return {
      what: `${what} on Citus, against one PostgreSQL`,
      value: citus / plain,
      unit: '×',
      floor,
      goal: 1,
      higher: false,
      detail,
    };
  });
}

async function startTargets(
  version: string,
  stops: (() => Promise<void>)[],
): Promise<Record<string, Target>> {
  const quotas = { ingest: { quotas: { spansPerSecond: 0, bytesPerDay: 0 } } };
  const plain = await startPostgres(version);
  stops.push(() => plain.stop());
  const citus = await LocalCitus.start(version, SHARDS);
  stops.push(() => citus.stop());
  const start = async (
    knex: Knex,
    url: string,
    cloudtrace: object,
  ): Promise<Target> => {
    const tokens = await createTokens(knex, SERVICES);
    const backend = await startBackend(url, {
      cloudtrace: { ...quotas, ...cloudtrace },
    });
    stops.push(() => backend.stop());
    return { knex, backend, tokens };
  };
  return {
    plain: await start(plain.knex, plain.connectionString, {}),
    citus: await start(citus.knex, citus.coordinator.connectionString(), {
      database: { distributed: true, shardCount: SHARDS },
    }),
  };
}
