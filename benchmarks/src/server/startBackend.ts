import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '@internal/dev-servers';
import type { Knex } from 'knex';
import { ensureEntity } from '../../../plugins/cloudtrace-backend/src/database/entities/ensureEntity';
import { insertPlatformToken } from '../../../plugins/cloudtrace-backend/src/platform/database/platformTokens';
import { insertToken } from '../../../plugins/cloudtrace-backend/src/tokens/database/insertToken';
import { createSecretHasher } from '../../../plugins/cloudtrace-backend/src/tokens/hashSecret';
import { generateToken } from '../../../plugins/cloudtrace-backend/src/tokens/tokenFormat';

/** What the backend has used since its start or since `reset`. */
export interface BackendUsage {
  cpuSeconds: number;
  rssBytes: number;
  peakRssBytes: number;
  eventLoopDelayP99Ms: number;
  eventLoopDelayMaxMs: number;
}

/** A running backend. */
export interface RunningBackend {
  pid: number;
  /** URL of Backstage's HTTP server. */
  port: number;
  /** URL of ingest's own listener. */
  ingestPort: number;
  /** Port of ingest for gRPC. */
  grpcPort: number;
  /** URL of the baseline's own listener. */
  baselinePort: number;
  /** Credentials of a service that may read everything, for the `Authorization` header. */
  accessToken: string;
  usage(): Promise<BackendUsage>;
  /** Forgets peaks and delays, and collects garbage. */
  reset(): Promise<void>;
  /** Forgets delays only, so that requests in flight do not wait for a collection. */
  resetDelay(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the backend in a separate process. */
export async function startBackend(
  connectionString: string,
  /** Configuration in addition to what every benchmark has. */
  added: Record<string, unknown> = {},
): Promise<RunningBackend> {
  const folder = mkdtempSync(join(tmpdir(), 'cloudtrace-bench-'));
  const port = await findFreePort();
  const ingestPort = await findFreePort();
  const grpcPort = await findFreePort();
  const baselinePort = await findFreePort();
  const accessToken = randomBytes(16).toString('hex');
  const config = {
    app: { baseUrl: 'http://localhost' },
    backend: {
      baseUrl: `http://127.0.0.1:${port}`,
      listen: { host: '127.0.0.1', port },
      database: {
        client: 'pg',
        connection: connectionString,
      },
      auth: {
        externalAccess: [
          { type: 'static', options: { token: accessToken, subject: 'bench' } },
        ],
      },
    },
    baseline: { connectionString, port: baselinePort },
    cloudtrace: {
      ingest: {
        listen: { host: '127.0.0.1', port: ingestPort },
        grpc: { host: '127.0.0.1', port: grpcPort },
        platformTokens: true,
        quotas: { spansPerSecond: 0, bytesPerDay: 0 },
      },
    },
    ...added,
  };
  const file = join(folder, 'app-config.yaml');
  // YAML includes JSON.
  writeFileSync(file, JSON.stringify(config));
  const child = fork(join(__dirname, 'backend.ts'), ['--config', file], {
    execArgv: [
      ...process.execArgv,
      '--expose-gc',
      ...(process.env.BENCH_PROFILE_FOLDER
        ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE_FOLDER}`]
        : []),
    ],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const ask = <T>(message?: string) =>
    new Promise<T>((resolve, reject) => {
      const onExit = (code: number | null) =>
        reject(new Error(`The backend exited with code ${code}`));
      const take = (answer: object | string) => {
        // The compiler of the Backstage CLI sends its own messages too.
        if (typeof answer === 'object' && 'type' in answer) {
          return;
        }
        child.off('message', take);
        child.off('exit', onExit);
        resolve(answer as T);
      };
      child.on('message', take);
      child.once('exit', onExit);
      if (message) {
        child.send(message);
      }
    });
  await ask();
  return {
    pid: child.pid!,
    port,
    ingestPort,
    grpcPort,
    baselinePort,
    accessToken,
    usage: () => ask<BackendUsage>('usage'),
    reset: () => ask('reset'),
    resetDelay: () => ask('resetDelay'),
    async stop() {
      const exited = new Promise(resolve => child.once('exit', resolve));
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await exited;
      clearTimeout(late);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Creates entities with one token each, directly in the database. */
export async function createTokens(
  knex: Knex,
  count: number,
): Promise<string[]> {
  const hasher = createSecretHasher();
  const tokens: string[] = [];
  for (let index = 0; index < count; index++) {
    const entityRef = `component:default/bench-${index}`;
    const { tokenId, secret, token } = generateToken();
    await insertToken(
      knex,
      {
        token_id: tokenId,
        entity_id: await ensureEntity(knex, entityRef),
        entity_ref: entityRef,
        environment: 'production',
        kind: 'requests',
        name: 'bench',
        secret_hash: hasher.hash(tokenId, secret),
        pepper_id: hasher.pepperId,
        created_by: 'user:default/bench',
        entity_uid: null,
        expires_in_days: 1,
      },
      () => true,
    );
    tokens.push(token);
  }
  return tokens;
}

/** Creates a platform token for all entities, directly in the database. */
export async function createPlatformToken(knex: Knex): Promise<string> {
  const hasher = createSecretHasher();
  const { tokenId, secret, token } = generateToken();
  await insertPlatformToken(knex, {
    token_id: tokenId,
    name: 'bench',
    scope: { all: true },
    secret_hash: hasher.hash(tokenId, secret),
    pepper_id: hasher.pepperId,
    created_by: 'user:default/bench',
    expires_in_days: 1,
  });
  return token;
}
