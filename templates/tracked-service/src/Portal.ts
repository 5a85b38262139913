import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { databaseServiceFactory } from '@backstage/backend-defaults/database';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import scaffolderCloudtrace from '@cloudtrace/plugin-scaffolder-backend-module-cloudtrace';
import cloudtrace from '@cloudtrace/plugin-cloudtrace-backend';
import { templateDirectory } from './paths';
import { startPostgres } from './startPostgres';

/** The result of a scaffolder task. */
export interface TaskResult {
  status: string;
  durationMs: number;
  /** Duration of each executed step, by its id. */
  stepDurationsMs: Map<string, number>;
  /** Log lines and the error, for people. */
  messages: string;
}

/** An event of a task, as the scaffolder stores and shows it. */
interface TaskEvent {
  createdAt: string;
  body: {
    message: string;
    stepId?: string;
    status?: string;
    error?: { message: string };
  };
}

/**
 * This process serves the request itself: when it is busy, it closes a kept-alive connection just as the next request
 * is sent on it.
 */
const CLOSE = { connection: 'close' };
const EXTERNAL_URL = 'https://portal.example.com';
const TASK_TIMEOUT_MS = 120_000;

/**
 * A portal without a browser: Backstage's catalog and scaffolder, the CloudTrace backend and our modules, on
 * PostgreSQL, with the template registered from this working copy as in `npm run dev`. The user is Backstage's mock
 * user, who may do everything.
 */
export class Portal {
  readonly repositories: string;
  readonly #url: string;
  readonly #stop: () => Promise<void>;

  private constructor(
    url: string,
    repositories: string,
    stop: () => Promise<void>,
  ) {
    this.#url = url;
    this.repositories = repositories;
    this.#stop = stop;
  }

  static async start(): Promise<Portal> {
    const connection = await startPostgres();
    const directory = realpathSync(
      mkdtempSync(join(tmpdir(), 'cloudtrace-portal-')),
    );
    const repositories = join(directory, 'repositories');
    let internalUrl = '';
    const backend = await startTestBackend({
      features: [
        import('@backstage/plugin-catalog-backend'),
        import(
          '@backstage/plugin-catalog-backend-module-scaffolder-entity-model'
        ),
        import('@backstage/plugin-scaffolder-backend'),
        scaffolderCloudtrace,
        cloudtrace,
        databaseServiceFactory,
        discoveryOf(() => internalUrl),
        schedulerServiceFactory,
        mockServices.rootLogger.factory({ level: 'none' }),
        mockServices.rootConfig.factory({
          data: portalConfig(connection, repositories),
        }),
      ],
    });
    internalUrl = `http://localhost:${backend.server.port()}`;
    return new Portal(internalUrl, repositories, async () => {
      await backend.stop();
      rmSync(directory, { recursive: true, force: true });
    });
  }

  stop(): Promise<void> {
    return this.#stop();
  }

  /** Calls the portal's API; resolves to the response body, or undefined for 404. */
  async get<T>(path: string): Promise<T | undefined> {
    const response = await fetch(`${this.#url}/api${path}`, {
      headers: CLOSE,
    });
    if (response.status === 404) {
      return undefined;
    }
    return (await response.json()) as T;
  }

  async waitForTemplate(name: string): Promise<void> {
    const path = `/catalog/entities/by-name/template/default/${name}`;
    for (const deadline = Date.now() + 60_000; Date.now() < deadline; ) {
      if (await this.get(path)) {
        return;
      }
      await delay(200);
    }
    throw new Error(`The template ${name} did not appear in the catalog`);
  }

  /** Runs a template like the form, and waits for its end. */
  async runTemplate(
    name: string,
    values: Record<string, unknown>,
  ): Promise<TaskResult> {
    const started = Date.now();
    const response = await fetch(`${this.#url}/api/scaffolder/v2/tasks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...CLOSE },
      body: JSON.stringify({ templateRef: `template:default/${name}`, values }),
    });
    const body = await response.text();
    if (!response.ok) {
      return {
        status: 'refused',
        durationMs: 0,
        stepDurationsMs: new Map(),
        messages: body,
      };
    }
    const { id } = JSON.parse(body) as { id: string };
    const status = await this.#waitForTask(id, started);
    const durationMs = Date.now() - started;
    const events =
      (await this.get<TaskEvent[]>(`/scaffolder/v2/tasks/${id}/events`)) ?? [];
    const messages = events
      .map(event => `${event.body.message} ${event.body.error?.message ?? ''}`)
      .join('\n');
    return {
      status,
      durationMs,
      stepDurationsMs: measureSteps(events),
      messages,
    };
  }

  async #waitForTask(id: string, started: number): Promise<string> {
    for (;;) {
      const task = await this.get<{ status: string }>(
        `/scaffolder/v2/tasks/${id}`,
      );
      if (task && !['open', 'processing'].includes(task.status)) {
        return task.status;
      }
      if (Date.now() - started > TASK_TIMEOUT_MS) {
        throw new Error(`Task ${id} did not end within ${TASK_TIMEOUT_MS} ms`);
      }
      await delay(100);
    }
  }
}

/** URLs as in a real portal: services use a different one from people, whose URL is written to repositories. */
function discoveryOf(internalUrl: () => string) {
  return createServiceFactory({
    service: coreServices.discovery,
    deps: {},
    factory: () => ({
      getBaseUrl: async pluginId => `${internalUrl()}/api/${pluginId}`,
      getExternalBaseUrl: async pluginId => `${EXTERNAL_URL}/api/${pluginId}`,
    }),
  });
}

function measureSteps(events: readonly TaskEvent[]): Map<string, number> {
  const startedAtMs = new Map<string, number>();
  const durationsMs = new Map<string, number>();
  for (const { createdAt, body } of events) {
    const atMs = Date.parse(createdAt);
    if (body.stepId && body.status === 'processing') {
      startedAtMs.set(body.stepId, atMs);
    } else if (body.stepId && body.status === 'completed') {
      durationsMs.set(
        body.stepId,
        atMs - (startedAtMs.get(body.stepId) ?? NaN),
      );
    }
  }
  return durationsMs;
}

function portalConfig(connection: string, repositories: string) {
  return {
    app: { baseUrl: EXTERNAL_URL },
    backend: {
      baseUrl: EXTERNAL_URL,
      database: { client: 'pg', connection, pluginDivisionMode: 'schema' },
    },
    catalog: {
      rules: [
        { allow: ['Component', 'Location', 'Template', 'API', 'System'] },
      ],
      locations: ['template.yaml', 'update-template.yaml'].map(file => ({
        type: 'file',
        target: join(templateDirectory, file),
      })),
    },
    cloudtrace: { scaffolder: { localRepositories: repositories } },
  };
}
