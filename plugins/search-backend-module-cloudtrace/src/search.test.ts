import {
  coreServices,
  createBackendModule,
  type SchedulerService,
} from '@backstage/backend-plugin-api';
import searchPlugin from '@backstage/plugin-search-backend';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  startTestPostgres,
  type TestDatabases,
} from '@cloudtrace/plugin-cloudtrace-backend/src/testUtils';
import { asUser } from '@cloudtrace/plugin-cloudtrace-backend/src/testUtils/backend';
import { createTestToken } from '@cloudtrace/plugin-cloudtrace-backend/src/testUtils/createTestToken';
import {
  ENTITY_REF,
  group,
  startFleetBackend,
  target,
  targetGroup,
} from '@cloudtrace/plugin-cloudtrace-backend/src/testUtils/fleet';
import request from 'supertest';
import searchModule from './index';

jest.setTimeout(120_000);

const CVE = 'CVE-2021-44228';
const OTHER_REF = 'component:default/other';

const trivyScan = (title: string) => ({
  SchemaVersion: 2,
  ArtifactName: 'shop',
  Results: [
    {
      Target: 'package-lock.json',
      Class: 'lang-pkgs',
      Type: 'npm',
      Vulnerabilities: [
        {
          VulnerabilityID: CVE,
          PkgName: 'log4js',
          InstalledVersion: '1.0.0',
          Severity: 'CRITICAL',
          Title: title,
        },
      ],
    },
  ],
});

const conditional = {
  result: AuthorizeResult.CONDITIONAL,
  pluginId: 'catalog',
  resourceType: 'catalog-entity',
  conditions: {
    rule: 'IS_ENTITY_OWNER',
    resourceType: 'catalog-entity',
    params: { claims: [] },
  },
};

describe('the search', () => {
  let databases: TestDatabases;
  let fleet: Awaited<ReturnType<typeof startFleetBackend>>;
  let scheduler: SchedulerService;

  beforeAll(async () => {
    databases = await startTestPostgres();
    fleet = await startFleetBackend(
      databases,
      {},
      {
        // Without it, Backstage's search checks nothing.
        config: {
          app: { baseUrl: 'http://localhost:3000' },
          permission: { enabled: true },
        },
        features: [
          searchPlugin,
          searchModule,
          createBackendModule({
            pluginId: 'search',
            moduleId: 'test',
            register(env) {
              env.registerInit({
                deps: { service: coreServices.scheduler },
                async init({ service }) {
                  scheduler = service;
                },
              });
            },
          }),
        ],
        policy: ({ permission, resourceRef }: any, principal: any) => {
          const user = principal.userEntityRef;
          if (user === 'user:default/denied') return false;
          // Owns only "shop", as a policy with conditions says.
          if (user === 'user:default/owner') {
            if (!resourceRef) return conditional;
            return resourceRef === ENTITY_REF;
          }
          if (user === 'user:default/fleet-only') {
            return permission.name === 'cloudtrace.fleet.read';
          }
          return true;
        },
      },
    );
    fleet.provider.reports.set(targetGroup.id, {
      targets: [
        target('a', 'z1', 'healthy'),
        target('b', 'z1', 'unhealthy'),
        target('c', 'z2', 'healthy'),
      ],
    });
    await fleet.refresh(targetGroup, group);
    for (const entityRef of [ENTITY_REF, OTHER_REF]) {
      const token = await createTestToken(
        fleet.knex,
        entityRef,
        'production',
        'scans',
      );
      await request(fleet.backend.server)
        .post('/api/cloudtrace/scans/trivy')
        .set('authorization', `Bearer ${token}`)
        .send(trivyScan(`Logging runs code, in ${entityRef}`))
        .expect(201);
    }
    for (const { id } of await scheduler.getScheduledTasks()) {
      if (id.startsWith('search_index')) await scheduler.triggerTask(id);
    }
  });
  afterAll(async () => {
    await fleet?.backend.stop();
    await databases?.stop();
  });

  async function search(term: string, user = 'user:default/ann') {
    const { status, body } = await request(fleet.backend.server)
      .get('/api/search/query')
      .set(asUser(user))
      .query({ term });
    expect(status).toBe(200);
    return body.results as Array<{ type: string; document: any }>;
  }

  it('finds a service by its state, with a link to its tab', async () => {
    const [{ type, document }] = await search('unhealthy');
    expect(type).toBe('cloudtrace-service');
    expect(document).toMatchObject({
      title: 'shop',
      entityRef: ENTITY_REF,
      environment: 'production',
      severity: 'critical',
      healthy: 2,
      wanted: 3,
      location: '/catalog/default/component/shop/cloudtrace?env=production',
    });
    expect(document.text).toContain('2 of 3 targets are healthy');
    expect(document.asOfMs).toBeGreaterThan(Date.now() - 600_000);
  });

  it('does not call a service healthy that nothing measures', async () => {
    const results = await search('unknown');
    expect(
      ofType('cloudtrace-service', results).map(({ document }) => document),
    ).toEqual([
      expect.objectContaining({
        entityRef: OTHER_REF,
        severity: 'no-data',
        text: expect.stringContaining('Health unknown'),
      }),
    ]);
  });

  it('finds open findings by CVE, with a link to the finding', async () => {
    const results = ofType('cloudtrace-finding', await search(CVE));
    expect(results.map(({ document }) => document.entityRef).sort()).toEqual([
      OTHER_REF,
      ENTITY_REF,
    ]);
    const { document } = results.find(
      each => each.document.entityRef === ENTITY_REF,
    )!;
    expect(document).toMatchObject({
      title: `Logging runs code, in ${ENTITY_REF}`,
      severity: 'critical',
      cves: CVE,
      location: `/catalog/default/component/shop/cloudtrace/security-scans?finding=${document.findingId}`,
    });
  });

  it('says nothing of findings in the state of a service', async () => {
    const [{ document }] = ofType(
      'cloudtrace-service',
      await search('unknown'),
    );
    expect(document.text).not.toMatch(/finding|critical/i);
    expect(document.severity).toBe('no-data');
  });

  it('finds nothing for a user without permission', async () => {
    for (const term of ['unhealthy', CVE, 'shop', 'unknown']) {
      expect(await search(term, 'user:default/denied')).toEqual([]);
    }
  });

  it('finds states but no findings with the permission for the fleet alone', async () => {
    const types = (await search('shop', 'user:default/fleet-only')).map(
      ({ type }) => type,
    );
    expect(types).toEqual(['cloudtrace-service']);
    const found = await search(CVE, 'user:default/fleet-only');
    expect(ofType('cloudtrace-finding', found)).toEqual([]);
  });

  it('decides on each result if the policy has conditions', async () => {
    const found = [
      ...(await search(CVE, 'user:default/owner')),
      ...(await search('unknown', 'user:default/owner')),
      ...(await search('shop', 'user:default/owner')),
    ];
    expect(new Set(found.map(({ document }) => document.entityRef))).toEqual(
      new Set([ENTITY_REF]),
    );
  });
});

function ofType<T extends { type: string }>(type: string, results: T[]): T[] {
  return results.filter(each => each.type === type);
}
