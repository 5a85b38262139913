import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import {
  startTestPostgres,
  type TestDatabase,
} from '@cloudtrace/plugin-cloudtrace-backend/src/testUtils';
import {
  asUser,
  startCloudtraceBackend,
  testEntity,
} from '@cloudtrace/plugin-cloudtrace-backend/src/testUtils/backend';
import { createPartitions } from '@cloudtrace/plugin-cloudtrace-backend/src/rollups/database/createPartitions';
import { partitionedTables } from '@cloudtrace/plugin-cloudtrace-backend/src/rollups/database/partitionedTables';
import request from 'supertest';
import module from '../index';

const DAY_MS = 86_400_000;
const TASK = 'cloudtrace-archive-requests';

/** A day (ISO date, UTC) before today. */
export function daysAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
}

/** A time of a day. */
export function timeOf(day: string, ms: number): Date {
  return new Date(Date.parse(day) + ms);
}

/** Creates the partition of a past day. */
export async function createDay(
  database: TestDatabase,
  day: string,
): Promise<void> {
  for (const table of partitionedTables.slice(0, 3)) {
    await createPartitions(database.knex, table, {
      from: timeOf(day, 0),
      to: timeOf(day, 1),
    });
  }
}

/** A backend with an archive, on its own database. */
export async function startArchiveBackend(
  options: {
    archive?: object;
    aws?: object;
    policy?: Parameters<typeof startCloudtraceBackend>[0]['policy'];
    visible?: Parameters<typeof startCloudtraceBackend>[0]['visible'];
  } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'cloudtrace-archive-test-'));
  const databases = await startTestPostgres();
  const database = await databases.createTestDatabase();
  const scheduler = mockServices.scheduler();
  const backend = await startCloudtraceBackend({
    database,
    policy: options.policy,
    visible: options.visible,
    entities: [testEntity('shop'), testEntity('cart')],
    config: {
      ...(options.aws && { aws: options.aws }),
      cloudtrace: { archive: options.archive ?? { folder } },
    },
    features: [
      module,
      mockServices.scheduler.mock({
        scheduleTask: task => scheduler.scheduleTask(task),
        triggerTask: id => scheduler.triggerTask(id),
        createScheduledTaskRunner: schedule =>
          scheduler.createScheduledTaskRunner(schedule),
      }).factory,
    ],
  });

  return {
    backend,
    database,
    folder,
    /** Runs the export, whether it is due or not. */
    async archive() {
      await database.knex.raw('DELETE FROM fleet_leases WHERE name = ?', [
        TASK,
      ]);
      await scheduler.triggerTask(TASK);
    },
    /** The state of a day in the manifest. */
    async dayOf(day: string) {
      const { rows } = await database.knex.raw(
        'SELECT state, error, requests::int AS requests FROM request_archive_days WHERE day = ?::date',
        [day],
      );
      return rows[0];
    },
    get(path: string, query: object = {}, name = 'shop') {
      return request(backend.server)
        .get(`/api/cloudtrace/v1/entities/component/default/${name}${path}`)
        .query({ environment: 'production', ...query })
        .set(asUser());
    },
    async stop() {
      await backend.stop();
      await databases.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The backend of {@link startArchiveBackend}. */
export type ArchiveBackend = Awaited<ReturnType<typeof startArchiveBackend>>;

/** The range of a whole day, for the query of a request. */
export function wholeDay(day: string): { from: string; to: string } {
  return {
    from: timeOf(day, 0).toISOString(),
    to: timeOf(day, DAY_MS).toISOString(),
  };
}
