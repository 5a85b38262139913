import type { SchedulerService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { http, HttpResponse } from 'msw';
import { setupServer, type SetupServer } from 'msw/node';
import { createHmac, randomUUID } from 'node:crypto';
import request, { type Test } from 'supertest';
import {
  startTestPostgres,
  type TestDatabase,
} from '@cloudtrace/plugin-cloudtrace-backend/src/testUtils';
import {
  asUser,
  startCloudtraceBackend,
  testEntity,
} from '@cloudtrace/plugin-cloudtrace-backend/src/testUtils/backend';
import module from '../index';

const ORG = '11111111-1111-4111-8111-111111111111';
const PROJECT = '22222222-2222-4222-8222-222222222222';
const TARGET = '44444444-4444-4444-8444-444444444444';
const API = 'https://api.snyk.example/rest';

/** Ids and URLs of the Snyk mock. */
export const snykIds = {
  org: ORG,
  project: PROJECT,
  /** Not known to Snyk. */
  missing: '33333333-3333-4333-8333-333333333333',
  target: TARGET,
  codeProject: '55555555-5555-4555-8555-555555555555',
  secret: 'a secret of the webhook',
  issuesUrl: `${API}/orgs/${ORG}/issues`,
  /** The project in a webhook. */
  snapshot: { org: { id: ORG }, project: { id: PROJECT } },
};

/** An issue in the format of Snyk's REST API. */
export function snykIssue(name: string, more: object = {}) {
  return {
    id: randomUUID(),
    type: 'issue',
    attributes: {
      type: 'package_vulnerability',
      key: `SNYK-JS-${name.toUpperCase()}-1`,
      title: `Problem in ${name}`,
      status: 'open',
      ignored: false,
      effective_severity_level: 'high',
      problems: [
        { id: `SNYK-JS-${name.toUpperCase()}-1`, source: 'SNYK' },
        {
          id: 'CVE-2024-1234',
          source: 'NVD',
          url: 'https://nvd.nist.gov/vuln/detail/CVE-2024-1234',
        },
      ],
      classes: [{ id: 'CWE-1321', source: 'CWE', type: 'weakness' }],
      coordinates: [
        {
          remedies: [{ details: { upgrade_package: '2.0.0' } }],
          representations: [
            { dependency: { package_name: name, package_version: '1.0.0' } },
          ],
        },
      ],
      ...more,
    },
  };
}

/** Projects of the mock: the first is linked by its id, the other by its target. */
export const snykProjects = [
  {
    id: PROJECT,
    type: 'project',
    attributes: {
      name: 'acme/shop:package.json',
      type: 'npm',
      target_reference: 'main',
    },
    relationships: { target: { data: { id: randomUUID(), type: 'target' } } },
  },
  {
    id: snykIds.codeProject,
    type: 'project',
    attributes: { name: 'acme/cart', type: 'sast', target_reference: 'main' },
    relationships: { target: { data: { id: TARGET, type: 'target' } } },
  },
];

const annotated = (name: string, annotations: Record<string, string>) =>
  testEntity(name, { metadata: { name, annotations } });

/** A backend that reads a mock of Snyk's REST API, with helpers to call it. */
export class SnykBackend {
  /** Requests that the mock received. */
  calls: URL[] = [];
  /** Headers of these requests. */
  authorizations = new Set<string | null>();
  projects = [...snykProjects];
  readonly #entities: Entity[];
  readonly #stopDatabases: () => Promise<void>;

  constructor(
    readonly backend: Awaited<ReturnType<typeof startCloudtraceBackend>>,
    readonly database: TestDatabase,
    readonly server: SetupServer,
    readonly scheduler: ReturnType<typeof mockServices.scheduler>,
    entities: Entity[],
    stopDatabases: () => Promise<void>,
  ) {
    this.#entities = entities;
    this.#stopDatabases = stopDatabases;
  }

  /** Resets the mock: all projects, without issues. */
  reset() {
    this.calls = [];
    this.projects = [...snykProjects];
    this.server.resetHandlers(
      http.get(`${API}/orgs/${ORG}/projects`, ({ request: req }) => {
        const query = new URL(req.url).searchParams;
        this.calls.push(new URL(req.url));
        const ids = query.get('ids')?.split(',');
        const targets = query.get('target_id')?.split(',');
        return HttpResponse.json({
          data: this.projects.filter(
            item =>
              ids?.includes(item.id) ||
              targets?.includes(item.relationships.target.data.id),
          ),
          links: {},
        });
      }),
      http.get(snykIds.issuesUrl, () =>
        HttpResponse.json({ data: [], links: {} }),
      ),
    );
  }

  /** Makes the mock return these pages for the project's issues, linked by relative URLs. */
  answerIssues(...pages: object[][]) {
    this.server.use(
      http.get(snykIds.issuesUrl, ({ request: req }) => {
        const url = new URL(req.url);
        this.calls.push(url);
        this.authorizations.add(req.headers.get('authorization'));
        if (url.searchParams.get('scan_item.id') !== PROJECT) {
          return HttpResponse.json({ data: [], links: {} });
        }
        const page = Number(url.searchParams.get('starting_after') ?? 0);
        url.searchParams.set('starting_after', String(page + 1));
        const prefix = page % 2 === 0 ? '' : '/rest';
        return HttpResponse.json({
          data: pages[page],
          links:
            page + 1 < pages.length
              ? { next: `${prefix}/orgs/${ORG}/issues${url.search}` }
              : {},
        });
      }),
    );
  }

  /** Replaces the annotations of an entity. */
  annotate(name: string, annotations: Record<string, string>) {
    const entity = this.#entities.find(item => item.metadata.name === name)!;
    entity.metadata.annotations = annotations;
  }

  /** Sends a webhook: an object as a new delivery, a string unchanged. */
  webhook(
    body: unknown,
    headers: Record<string, string> = {},
    key = snykIds.secret,
  ): Test {
    // Snyk includes the time of the test, so no two bodies are equal.
    const text =
      typeof body === 'string'
        ? body
        : JSON.stringify({ ...(body as object), delivery: randomUUID() });
    return request(this.backend.server)
      .post('/api/cloudtrace/webhooks/snyk')
      .set({
        'content-type': 'application/json',
        'x-snyk-event': 'project_snapshot/v0',
        'x-snyk-transport-id': randomUUID(),
        'x-hub-signature': `sha256=${createHmac('sha256', key)
          .update(text)
          .digest('hex')}`,
        ...headers,
      })
      .serialize(x => x as never)
      .send(text);
  }

  async get(path: string, name = 'shop') {
    const answer = await request(this.backend.server)
      .get(`/api/cloudtrace/v1/entities/component/default/${name}${path}`)
      .set(asUser());
    return answer.body;
  }

  readonly diagnose = async (name = 'shop') => {
    const { sources } = await this.get('/diagnostics', name);
    return sources.find((source: { id: string }) => source.id === 'scans:snyk');
  };

  readonly openTitles = async (): Promise<string[]> => {
    const { items } = await this.get('/findings?state=open');
    return items.map((item: { title: string }) => item.title).sort();
  };

  /** Reads until the condition holds, at most 15 seconds; returns the last result. */
  async until<T>(
    read: () => Promise<T>,
    holds: (value: T) => boolean,
  ): Promise<T> {
    for (let i = 0; ; i++) {
      const value = await read();
      if (holds(value) || i > 150) return value;
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }

  /** Triggers a scheduled pull of everything and waits for it. */
  async pull() {
    await this.scheduler.triggerTask('cloudtrace-snyk');
  }

  async stop() {
    this.server.close();
    await this.backend.stop();
    await this.#stopDatabases();
  }
}

export async function startSnykBackend(): Promise<SnykBackend> {
  const server = setupServer();
  // Requests to the backend itself pass through.
  server.listen({ onUnhandledRequest: 'bypass' });
  const scheduler = mockServices.scheduler();
  const databases = await startTestPostgres();
  const database = await databases.createTestDatabase();
  const entities = [
    annotated('shop', {
      'snyk.io/org-id': ORG,
      'snyk.io/project-ids': PROJECT,
    }),
    annotated('cart', {
      'snyk.io/project-ids': snykIds.missing,
      'snyk.io/target-id': TARGET,
    }),
    annotated('foreign', {
      'snyk.io/org-id': snykIds.missing,
      'snyk.io/project-ids': PROJECT,
    }),
  ];
  const backend = await startCloudtraceBackend({
    database,
    entities,
    config: {
      cloudtrace: {
        snyk: {
          apiUrl: 'https://api.snyk.example',
          token: 'snyk-token',
          orgs: [ORG],
          webhookSecrets: ['another, older secret', snykIds.secret],
        },
      },
    },
    features: [module, schedulerFactory(scheduler)],
  });
  return new SnykBackend(backend, database, server, scheduler, entities, () =>
    databases.stop(),
  );
}

function schedulerFactory(service: SchedulerService) {
  return mockServices.scheduler.mock({
    scheduleTask: task => service.scheduleTask(task),
    triggerTask: id => service.triggerTask(id),
    createScheduledTaskRunner: schedule =>
      service.createScheduledTaskRunner(schedule),
  }).factory;
}
