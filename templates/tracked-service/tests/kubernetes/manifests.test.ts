import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ActionsRenderer } from '../../src/ActionsRenderer';
import { requiredAnswers } from '../../src/combinations';
import { isInstalled } from '../../src/tools/runTool';
import { writeRendering } from '../../src/writeRendering';
import { checkSchemas } from './checkSchemas';
import type { Manifest } from './Manifest';
import { mistakes } from './mistakes';
import { policies } from './policies';
import { DEPLOYED, OVERLAYS, renderManifests } from './renderManifests';

const STARTERS = ['request-tracker', 'storefront', 'notifications'];

// Only kubectl renders overlays, and Debian's is too old for components: without it, these tests are skipped.
const describeRendered = isInstalled('kubectl') ? describe : describe.skip;

jest.setTimeout(120_000);

describeRendered('the manifests', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cloudtrace-manifests-'));
  const rendered = new Map<string, Manifest[]>();

  beforeAll(async () => {
    const renderer = await ActionsRenderer.start();
    try {
      for (const starter of STARTERS) {
        const repository = join(folder, starter);
        writeRendering(
          await renderer.render({
            ...requiredAnswers,
            compute: 'kubernetes',
            starter,
          }),
          repository,
        );
        for (const overlay of OVERLAYS) {
          rendered.set(
            `${starter} ${overlay}`,
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
  const problemsOf = (manifests: readonly Manifest[]) => [
    ...checkSchemas(manifests),
    ...policies.flatMap(policy => policy.find(manifests)),
  ];

  it.each(
    STARTERS.flatMap(starter => OVERLAYS.map(overlay => [starter, overlay])),
  )(
    'of the %s for %s follow the schemas and all policies',
    (starter, overlay) => {
      expect(problemsOf(rendered.get(`${starter} ${overlay}`)!)).toEqual([]);
    },
  );

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

  it.each(mistakes.map(mistake => [mistake.name, mistake] as const))(
    'are rejected with a mistake: %s',
    (_name, { make, problem }) => {
      const manifests = structuredClone(
        rendered.get('notifications other-cluster')!,
      ).concat(structuredClone(find('storefront production', 'ClusterRole')));
      expect(problemsOf(manifests)).toEqual([]);
      make(manifests);
      expect(problemsOf(manifests).join('\n')).toMatch(problem);
    },
  );

  it('have a mistake for each policy', () => {
    const noticed = policies.filter(policy =>
      mistakes.some(({ make }) => {
        const manifests = structuredClone(
          rendered.get('notifications other-cluster')!,
        ).concat(structuredClone(find('storefront production', 'ClusterRole')));
        make(manifests);
        return policy.find(manifests).length > 0;
      }),
    );
    expect(noticed).toEqual(policies);
  });
});
