import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ActionsRenderer } from '../../src/ActionsRenderer';
import { isInstalled } from '../../src/tools/runTool';
import { writeRendering } from '../../src/writeRendering';
import { checkSchemas } from './checkSchemas';
import type { Manifest } from './Manifest';
import type { Mistake } from './Mistake';
import { mistakes } from './mistakes';
import { policies } from './policies';
import { DEPLOYED, OVERLAYS, renderManifests } from './renderManifests';
import { repositories } from './repositories';

// Only kubectl renders overlays, and Debian's is too old for components: without it, these tests are skipped.
const describeRendered = isInstalled('kubectl') ? describe : describe.skip;

jest.setTimeout(120_000);

describeRendered('the manifests', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cloudtrace-manifests-'));
  const rendered = new Map<string, Manifest[]>();

  beforeAll(async () => {
    const renderer = await ActionsRenderer.start();
    try {
      for (const [name, answers] of Object.entries(repositories)) {
        const repository = join(folder, name);
        writeRendering(await renderer.render(answers), repository);
        for (const overlay of OVERLAYS) {
          rendered.set(
            `${name} ${overlay}`,
            renderManifests(repository, overlay),
          );
        }
      }
    } finally {
      await renderer.stop();
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const find = (name: string, kind: string) =>
    rendered.get(name)!.find(manifest => manifest.kind === kind)!;
  const manifestsFor = ({
    where = 'notifications-by-lag other-cluster',
  }: Mistake) =>
    structuredClone(rendered.get(where)!).concat(
      structuredClone(find('storefront production', 'ClusterRole')),
    );
  const problemsOf = (manifests: readonly Manifest[]) => [
    ...checkSchemas(manifests),
    ...policies.flatMap(policy => policy.find(manifests)),
  ];

  it.each(
    Object.keys(repositories).flatMap(name =>
      OVERLAYS.map(overlay => [name, overlay]),
    ),
  )('of %s for %s follow the schemas and all policies', (name, overlay) => {
    expect(problemsOf(rendered.get(`${name} ${overlay}`)!)).toEqual([]);
  });

  it('get image, variables and target group from the deployment', () => {
    const name = 'request-tracker staging';
    const { spec } = find(name, 'Deployment').spec.template;
    expect(spec.containers[0].image).toBe(DEPLOYED.image);
    expect(spec.containers[0].env[0]).toEqual({
      name: 'SERVICE_IMAGE',
      value: DEPLOYED.image,
    });
    expect(find(name, 'TargetGroupBinding').spec.targetGroupARN).toBe(
      DEPLOYED.targetGroupArn,
    );
    const variables = rendered
      .get(name)!
      .find(
        ({ kind, metadata }) =>
          kind === 'ConfigMap' &&
          metadata.name === spec.containers[0].envFrom[0].configMapRef.name,
      )!;
    expect(variables.data).toEqual({
      ...DEPLOYED.variables,
      INSTANCE_ID_SOURCE: 'kubernetes',
      OTEL_SERVICE_NAME: 'orders',
      PORT: '8080',
    });
  });

  it("accept requests from the VPC's networks only", () => {
    const { spec } = rendered
      .get('request-tracker production')!
      .find(
        ({ kind, metadata }) =>
          kind === 'NetworkPolicy' && metadata.name === 'requests',
      )!;
    expect(spec.ingress[0].from).toEqual(
      DEPLOYED.networks.map(cidr => ({ ipBlock: { cidr } })),
    );
  });

  it.each(['request-tracker', 'storefront'])(
    "bind the target group of the %s before its first pod exists, or that pod would not wait for the load balancer's check",
    starter => {
      const kinds = rendered
        .get(`${starter} production`)!
        .map(({ kind }) => kind);
      expect(kinds[0]).toBe('Namespace');
      expect(kinds.slice(-2)).toEqual([
        'Deployment',
        starter === 'storefront' ? 'ScaledObject' : 'HorizontalPodAutoscaler',
      ]);
      expect(kinds).toContain('TargetGroupBinding');
    },
  );

  it('scale between the bounds of the infrastructure, on EKS', () => {
    const { minPods, maxPods } = DEPLOYED;
    expect(
      find('request-tracker production', 'HorizontalPodAutoscaler').spec,
    ).toMatchObject({ minReplicas: minPods, maxReplicas: maxPods });
    expect(find('storefront production', 'ScaledObject').spec).toMatchObject({
      minReplicaCount: minPods,
      maxReplicaCount: maxPods,
      fallback: { replicas: minPods },
    });
  });

  it('let the portal read what CloudTrace documents', () => {
    const manifests = rendered.get('request-tracker production')!;
    const [role, binding] = ['ClusterRole', 'ClusterRoleBinding'].map(
      kind =>
        manifests.find(
          manifest =>
            manifest.kind === kind &&
            manifest.metadata.name === 'cloudtrace-read',
        )!,
    );
    const documented = parse(
      readFileSync(
        join(__dirname, '../../../../docs/kubernetes/cluster-role.yaml'),
        'utf8',
      ),
    );
    expect(role.rules).toEqual(documented.rules);
    expect(binding.subjects).toEqual([
      expect.objectContaining({ kind: 'Group', name: 'cloudtrace-read' }),
    ]);
  });

  it('scale the storefront by the figure that it publishes', () => {
    const { spec } = find('storefront production', 'ScaledObject');
    expect(spec.triggers[0].metadata).toMatchObject({
      namespace: 'CloudTrace/Service',
      metricName: 'ActiveUsers',
      dimensionValue: 'orders-production',
    });
  });

  it('run workers in other clusters, but not on EKS, where ECS runs them', () => {
    const names = (overlay: string) =>
      rendered
        .get(`notifications ${overlay}`)!
        .filter(({ kind }) => kind === 'Deployment')
        .map(({ metadata }) => metadata.name);
    expect(names('production')).toEqual(['orders']);
    expect(names('other-cluster')).toEqual(['orders', 'orders-worker']);
  });

  it('leave the autoscaler to KEDA where KEDA scales', () => {
    const autoscalers = (name: string) =>
      rendered
        .get(name)!
        .filter(({ kind }) =>
          ['HorizontalPodAutoscaler', 'ScaledObject'].includes(kind),
        )
        .map(({ kind, spec }) => `${kind} of ${spec.scaleTargetRef.name}`);
    expect(autoscalers('notifications other-cluster')).toEqual([
      'HorizontalPodAutoscaler of orders',
      'HorizontalPodAutoscaler of orders-worker',
    ]);
    expect(autoscalers('notifications-by-lag other-cluster')).toEqual([
      'HorizontalPodAutoscaler of orders',
      'ScaledObject of orders-worker',
    ]);
    expect(autoscalers('storefront other-cluster')).toEqual([
      'ScaledObject of orders',
    ]);
    expect(autoscalers('storefront-by-cpu other-cluster')).toEqual([
      'HorizontalPodAutoscaler of orders',
    ]);
  });

  it('scale workers by the lag of the group that they read with', () => {
    const topics = readFileSync(
      join(__dirname, '../../starters/notifications/src/bus/topics.ts'),
      'utf8',
    );
    const { metadata } = find(
      'notifications-by-lag other-cluster',
      'ScaledObject',
    ).spec.triggers[0];
    expect(topics).toContain(`'${metadata.consumerGroup}'`);
    expect(topics).toContain(`'${metadata.topic}'`);
  });

  it('take the lag from the brokers of the workers', () => {
    const manifests = rendered.get('notifications-by-lag other-cluster')!;
    const { scaleTargetRef, triggers } = manifests.find(
      ({ kind }) => kind === 'ScaledObject',
    )!.spec;
    const { containers } = manifests.find(
      ({ kind, metadata }) =>
        kind === 'Deployment' && metadata.name === scaleTargetRef.name,
    )!.spec.template.spec;
    const [{ envFrom }] = containers.filter(
      ({ name }: { name: string }) =>
        name === scaleTargetRef.envSourceContainerName,
    );
    const { data } = manifests.find(
      ({ kind, metadata }) =>
        kind === 'ConfigMap' && metadata.name === envFrom[0].configMapRef.name,
    )!;
    expect(data[triggers[0].metadata.bootstrapServersFromEnv]).toMatch(/:9093/);
  });

  it('ask the storefront itself for its figure in a cluster without CloudWatch', () => {
    expect(
      find('storefront other-cluster', 'ScaledObject').spec.triggers[0].metadata
        .url,
    ).toBe('http://orders.orders.svc/healthz/scaling');
  });

  it.each(mistakes.map(mistake => [mistake.name, mistake] as const))(
    'are rejected with a mistake: %s',
    (_name, mistake) => {
      const manifests = manifestsFor(mistake);
      expect(problemsOf(manifests)).toEqual([]);
      mistake.make(manifests);
      expect(problemsOf(manifests).join('\n')).toMatch(mistake.problem);
    },
  );

  it('have a mistake for each policy', () => {
    const noticed = policies.filter(policy =>
      mistakes.some(mistake => {
        const manifests = manifestsFor(mistake);
        mistake.make(manifests);
        return policy.find(manifests).length > 0;
      }),
    );
    expect(noticed).toEqual(policies);
  });
});
