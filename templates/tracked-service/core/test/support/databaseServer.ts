import { exec } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(exec);

// How to stop and start the database server of TEST_DATABASE_URL; the defaults are those of docker-compose.yml.
const stopCommand =
  process.env['TEST_DATABASE_STOP'] ??
  'docker compose stop --timeout 5 postgres';
const startCommand =
  process.env['TEST_DATABASE_START'] ?? 'docker compose start postgres';

export async function stopDatabaseServer(): Promise<void> {
  await run(stopCommand);
}

export async function startDatabaseServer(): Promise<void> {
  await run(startCommand);
}
