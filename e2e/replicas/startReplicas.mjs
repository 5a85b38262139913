import { spawn } from 'node:child_process';
import {
  chmodSync,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  fastDirectory,
  findFreePort,
  findFreeRange,
  findPostgresBinaries,
  PostgresServer,
  ProcessRegistry,
} from '../../packages/dev-servers/src/index.js';
import { readFleetReport } from '../../scripts/dev/fleetReport.mjs';
import { waitForUrl } from '../../scripts/dev/waitFor.mjs';
import { rootDir } from '../../scripts/lib/paths.mjs';
import { haproxyConfig } from './haproxyConfig.mjs';
import { startPooler } from './startPooler.mjs';

const TRANSFORM = '@backstage/cli/config/nodeTransform.cjs';
const READINESS = '/.backstage/health/v1/readiness';
const START_TIMEOUT_MS = 300_000;

/**
 * Starts backends on one PostgreSQL behind HAProxy. `root` is the checkout of
 * their version; with `pooler`, CloudTrace connects through PgBouncer. Logs are in `logFolder`; everything ends with this process.
 */
export async function startReplicas({
  count,
  logFolder,
  config = {},
  root = rootDir,
  pooler = false,
  binaries = findPostgresBinaries(),
}) {
  mkdirSync(logFolder, { recursive: true });
  const folder = mkdtempSync(join(fastDirectory(), 'cloudtrace-replicas-'));
  // When this runs as root, PostgreSQL runs as its own user.
  chmodSync(folder, 0o711);
  const registry = new ProcessRegistry({ file: join(folder, 'run.json') });
  await registry.open();
  const start = (name, command, args, options = {}) => {
    const child = spawn(command, args, {
      ...options.account,
      cwd: options.cwd ?? rootDir,
      env: { ...process.env, ...options.env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    registry.track({ pid: child.pid, label: name });
    const log = createWriteStream(join(logFolder, `${name}.log`), {
      flags: 'a',
    });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    const exited = new Promise(resolve => child.once('exit', resolve)).then(
      () => registry.untrack(child.pid),
    );
    return { pid: child.pid, stdout: child.stdout, exited };
  };

  const server = await startDatabase(folder, binaries);
  const port = await findFreePort(23100);
  const url = `http://localhost:${port}`;
  const ports = [];
  for (let i = 0; i < count; i++) ports.push(await findFreePort());

  const haproxyFile = join(folder, 'haproxy.cfg');
  writeFileSync(haproxyFile, haproxyConfig({ port, replicaPorts: ports }));
  start('balancer', 'haproxy', ['-f', haproxyFile]);

  const replicas = ports.map((replicaPort, i) => ({
    name: `replica-${i + 1}`,
    url: `http://127.0.0.1:${replicaPort}`,
    port: replicaPort,
    process: undefined,
  }));
  const boot = async (replica, version = {}) => {
    replica.process = start(
      replica.name,
      process.execPath,
      [
        ...['--require', TRANSFORM],
        join(version.root ?? rootDir, 'packages/backend/src/index.ts'),
      ],
      {
        env: {
          ...replicaEnvironment({ url, folder, server, config: settings }),
          APP_CONFIG_backend_listen_port: String(replica.port),
          ...version.env,
        },
        cwd: join(version.root ?? rootDir, 'packages/backend'),
      },
    );
    const ended = replica.process.exited.then(() => {
      throw new Error(`${replica.name} ended; its log is in ${logFolder}`);
    });
    ended.catch(() => {});
    await waitForUrl(replica.url + READINESS, ended, {
      timeoutMs: START_TIMEOUT_MS,
    });
    // The balancer notices a little later.
    await waitForUrl(url + READINESS, ended);
  };
  const kill = async (replica, signal = 'SIGKILL') => {
    process.kill(replica.process.pid, signal);
    await replica.process.exited;
    replica.process = undefined;
  };

  const settings = { ...config };
  const { Client } = createRequire(import.meta.url)('pg');
  const database = new Client({
    connectionString: server.connectionString('cloudtrace'),
  });
  const stop = async () => {
    await database.end().catch(() => {});
    await registry.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await database.connect();
    if (pooler) {
      settings.backend_database_plugin_cloudtrace = await startPooler({
        server,
        folder,
        start,
        query: sql => database.query(sql),
      });
    }
    // Plugins of Backstage fail if another replica migrates their tables.
    await boot(replicas[0], { root });
    await Promise.all(
      replicas.slice(1).map(replica => boot(replica, { root })),
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url,
    replicas,
    boot,
    kill,
    stop,
    connectionStringOf: name => server.connectionString(name),
    query: async (sql, values) => (await database.query(sql, values)).rows,
    logOf: replica =>
      readFileSync(join(logFolder, `${replica.name}.log`), 'utf8'),
    /** Starts the demo service, which sends its requests through the balancer. */
    startFleet: async () => {
      const fleet = start(
        'fleet',
        process.execPath,
        [
          join(rootDir, 'scripts/fleet.mjs'),
          'run',
          ...['--demo', 'request-tracker', '--portal', url],
          ...['--data', join(folder, 'fleet')],
          ...['--control-port', String(await findFreePort(24100))],
          ...['--port-base', String(await findFreeRange(24200, 200))],
        ],
        { env: { CLOUDTRACE_LOCAL_DIR: folder } },
      );
      const failed = await readFleetReport(fleet.stdout);
      if (failed.length > 0) throw new Error(failed[0].message);
    },
    /** Runs a command of `yarn fleet`. */
    fleet: (...args) =>
      new Promise((resolve, reject) => {
        const command = spawn(
          process.execPath,
          [join(rootDir, 'scripts/fleet.mjs'), ...args],
          {
            env: { ...process.env, CLOUDTRACE_LOCAL_DIR: folder },
            stdio: ['ignore', 'pipe', 'inherit'],
          },
        );
        let output = '';
        command.stdout.on('data', chunk => {
          output += chunk;
        });
        command.once('exit', code =>
          code === 0 ? resolve(output) : reject(new Error(output)),
        );
      }),
  };
}

async function startDatabase(folder, binaries) {
  const server = new PostgresServer({
    binaries,
    dataDirectory: join(folder, 'postgres'),
    port: await findFreePort(15600),
    settings: { max_connections: '300' },
  });
  await server.initialise();
  await server.start();
  const { Client } = createRequire(import.meta.url)('pg');
  const client = new Client({ connectionString: server.connectionString() });
  await client.connect();
  await client.query('CREATE DATABASE cloudtrace');
  await client.end();
  return server;
}

function replicaEnvironment({ url, folder, server, config }) {
  const catalog = name => ({
    type: 'file',
    target: join(rootDir, name),
    rules: [{ allow: ['Component', 'System', 'Resource', 'User', 'Group'] }],
  });
  const settings = {
    app_baseUrl: url,
    backend_baseUrl: url,
    backend_cors_origin: url,
    permission_localPolicy: 'allow-all',
    catalog_locations: [
      catalog('catalog/local-portal.yaml'),
      catalog('catalog/demo/request-tracker.yaml'),
      catalog('e2e/replicas/entities.yaml'),
    ],
    cloudtrace_local_directory: join(folder, 'fleet'),
    ...config,
  };
  return {
    NODE_ENV: 'development',
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --no-deprecation`.trim(),
    CLOUDTRACE_DATABASE_URL: server.connectionString('cloudtrace'),
    CLOUDTRACE_LOCAL_DIR: folder,
    ...Object.fromEntries(
      Object.entries(settings).map(([key, value]) => [
        `APP_CONFIG_${key}`,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    ),
  };
}
