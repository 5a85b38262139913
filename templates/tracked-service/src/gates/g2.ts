import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { requiredAnswers } from '../combinations';
import type { Scaffolder } from '../Scaffolder';
import { CrashingPostgres } from '../tools/CrashingPostgres';
import { createMasterUser } from '../tools/databaseRoles';
import { LoadedService } from '../tools/LoadedService';
import { isInstalled, problemsOf, runTool } from '../tools/runTool';
import { linkPackages } from '../tools/linkPackages';
import { Writers } from '../tools/Writers';
import { writeRendering } from '../writeRendering';
import { checkDeploy } from './checkDeploy';
import { checkDrill } from './checkDrill';
import type { GateOptions } from './index';
import type { Report } from '../tools/Report';

const OUTAGE_MS = 3000;
/** From the return of the database until no client notices anything any more. */
const RECOVERY_LIMIT_MS = 15_000;
const START_LIMIT_MS = 60_000;

/**
 * G2: two instances behind a load balancer lose no acknowledged write when PostgreSQL is killed and started again under
 * load.
 */
export async function gate2(
  scaffolder: Scaffolder,
  _options: GateOptions,
  report: Report,
): Promise<void> {
  if (!isInstalled('haproxy')) {
    report.skip('G2: haproxy is not installed');
    return;
  }
  report.standIn(
    'G2: HAProxy, with the compose file’s configuration and the health check of the Terraform code, instead of the Application Load Balancer; an embedded PostgreSQL instead of RDS',
  );
  const folder = mkdtempSync(join(tmpdir(), 'cloudtrace-g2-'));
  const directory = join(folder, 'repository');
  try {
    writeRendering(await scaffolder.render({ ...requiredAnswers }), directory);
    const cdk = join(folder, 'cdk');
    writeRendering(
      await scaffolder.render({
        ...requiredAnswers,
        iac: 'cdk',
        compute: 'ecs',
      }),
      cdk,
    );
    const kubernetes = join(folder, 'kubernetes');
    writeRendering(
      await scaffolder.render({ ...requiredAnswers, compute: 'kubernetes' }),
      kubernetes,
    );
    await report.run('G2 builds', async () => [
      ...(await linkPackages(directory)),
      ...(await problemsOf(
        'npm run build',
        runTool('npm', ['run', '--silent', 'build'], { cwd: directory }),
      )),
    ]);
    const database = await CrashingPostgres.start();
    const urls = await createMasterUser(database.url);
    const service = await LoadedService.start(directory, urls);
    try {
      await report.run('G2 PostgreSQL killed under load', () =>
        survivesCrash(service, database),
      );
      await report.run('G2 SIGTERM under load', () => drains(service));
      const repositories = { terraform: directory, cdk };
      await checkDeploy(repositories, service, database, report);
      await checkDrill(
        { ...repositories, kubernetes },
        service,
        database,
        report,
      );
    } finally {
      await service.stop();
      await database.dispose();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function survivesCrash(
  service: LoadedService,
  database: CrashingPostgres,
): Promise<string[]> {
  await service.waitForReadiness(200, START_LIMIT_MS);
  await delay(3000);
  const writers = new Writers(service.url);
  await delay(3000);
  await database.kill();
  const killedAtMs = Date.now();
  const notReadyMs = await service.waitForReadiness(503, RECOVERY_LIMIT_MS);
  await delay(OUTAGE_MS);
  await database.restart();
  const backAtMs = Date.now();
  const readyMs = await service.waitForReadiness(200, RECOVERY_LIMIT_MS);
  await delay(RECOVERY_LIMIT_MS / 3);
  await writers.finish();

  const last = writers.failures.at(-1)?.atMs ?? backAtMs;
  const recoveryMs = Math.max(0, last - backAtMs);
  console.log(
    `G2: ${writers.acknowledged.size} writes acknowledged by ${writers.instances.size} instances, ${writers.failures.length} attempts failed, the slowest took ${writers.slowestMs} ms; ` +
      `database down ${
        backAtMs - killedAtMs
      } ms, not ready after ${notReadyMs} ms, ready again ${readyMs} ms after its start, last failure ${recoveryMs} ms after it`,
  );
  return [
    ...(writers.instances.size === 2
      ? []
      : [`${writers.instances.size} instances responded, not 2`]),
    // A service may also let its clients wait until the database is back.
    ...(writers.failures.length > 0 || writers.slowestMs >= OUTAGE_MS
      ? []
      : ['no write failed or waited for the database: nothing was tested']),
    ...writers.failures
      .filter(({ status }) => ![503, 504].includes(status))
      .map(({ status }) => `a write got the status ${status}`),
    ...(recoveryMs <= RECOVERY_LIMIT_MS
      ? []
      : [`writes still failed ${recoveryMs} ms after the database was back`]),
    ...(await compareWithDatabase(database.url, writers)),
  ];
}

/** An instance that receives SIGTERM without being deregistered loses no request. */
async function drains(service: LoadedService): Promise<string[]> {
  await service.waitForReadiness(200, START_LIMIT_MS);
  const writers = new Writers(service.url);
  await delay(3000);
  const startedAtMs = Date.now();
  const exitCode = await service.stopInstance(0);
  const drainedMs = Date.now() - startedAtMs;
  await delay(3000);
  await writers.finish();
  service.startInstance(0, 'g2-0');
  await service.waitForReadiness(200, START_LIMIT_MS);
  console.log(
    `G2: SIGTERM under load: drained in ${drainedMs} ms, ${writers.acknowledged.size} writes acknowledged, ${writers.failures.length} failed`,
  );
  return [
    ...(exitCode === 0 ? [] : [`the instance ended with ${exitCode}`]),
    ...(writers.instances.size === 2
      ? []
      : [`${writers.instances.size} instances answered, not 2`]),
    ...writers.failures.map(
      ({ status, atMs }) =>
        `a write got ${status || 'no answer'} ${
          atMs - startedAtMs
        } ms after SIGTERM`,
    ),
  ];
}

/** Every acknowledged write is stored once, under the id that the client received. */
async function compareWithDatabase(
  url: string,
  writers: Writers,
): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ subject: string; ids: string[] }>(
      'SELECT subject, array_agg(id::text) AS ids FROM requests GROUP BY subject',
    );
    const stored = new Map(rows.map(({ subject, ids }) => [subject, ids]));
    return [
      ...[...writers.acknowledged]
        .filter(([key, id]) => stored.get(key)?.join() !== id)
        .map(
          ([key, id]) =>
            `${key} was acknowledged as ${id}, stored as ${
              stored.get(key)?.join() ?? 'nothing'
            }`,
        ),
      ...[...stored.keys()]
        .filter(key => !writers.acknowledged.has(key))
        .map(key => `${key} is stored and was never acknowledged`),
    ].slice(0, 10);
  } finally {
    await client.end();
  }
}
