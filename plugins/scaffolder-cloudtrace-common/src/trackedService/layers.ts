import type { OptionConditions, TemplateLayer, TemplatePart } from '../types';
import { parts } from './parts';
import { starters, startersWithNeed } from './starters';

const loadTests = ['k6', 'jmeter', 'locust'];
const computes = ['asg', 'ecs', 'kubernetes'];

/** Parts that meet the starter's own code, and their absence, which does too. */
const starterParts: readonly [string, OptionConditions][] = [
  ['cache', { cache: ['valkey'] }],
  ['cache-none', { cache: ['none'] }],
  ['active-users', { scaling: ['active-users'] }],
  ['active-users-none', { scaling: ['step-cpu', 'target-tracking'] }],
];

/** Stacks for which a starter has dashboards, rules or queries of its own. */
const monitoringStacks: Record<string, string[]> = {
  notifications: ['prometheus', 'elk'],
};

/** The layers of a repository, in the order of rendering. */
export const layers: readonly TemplateLayer[] = [
  { source: './core', target: '.' },
  ...Object.keys(starters).flatMap(starterLayers),
  { source: './ci/common', target: '.' },
  ...['terraform', 'cdk'].flatMap(iac => [
    {
      source: `./infra/${iac}`,
      target: `./infra/${iac}`,
      when: { iac: [iac] },
    },
    ...computes.map(compute => ({
      source: `./compute/${compute}/infra/${iac}`,
      target: `./infra/${iac}`,
      when: { compute: [compute], iac: [iac] },
    })),
    layer(`ci/iac-${iac}`, { iac: [iac] }),
    layer(`ci/github-${iac}`, { ci: ['github'], iac: [iac] }),
  ]),
  ...computes.flatMap(compute =>
    ['docs', 'scripts'].map(folder => ({
      source: `./compute/${compute}/${folder}`,
      target: `./${folder}`,
      when: { compute: [compute] },
    })),
  ),
  manifests('deploy', ''),
  manifests('worker', '/components/worker', {
    starter: startersWithNeed('broker'),
  }),
  ...(
    [
      ['worker-cpu', 'scale-worker-on-cpu', 'target-tracking'],
      ['worker-lag', 'scale-worker-on-lag', 'consumer-lag'],
    ] as const
  ).map(([folder, component, workerScaling]) =>
    manifests(folder, `/components/${component}`, {
      starter: startersWithNeed('broker'),
      workerScaling: [workerScaling],
    }),
  ),
  manifests('active-users', '/components/scale-on-active-users', {
    scaling: ['active-users'],
  }),
  manifests('active-users-asked', '/components/ask-for-active-users', {
    scaling: ['active-users'],
    starter: startersWithNeed('activeUsers'),
  }),
  ...['github', 'jenkins', 'bitbucket'].map(ci =>
    layer(`ci/${ci}`, { ci: [ci] }),
  ),
  ...['snyk', 'sonarqube'].flatMap(scanner => [
    layer(`features/scan-${scanner}`, { [scanner]: [true] }),
    layer(`ci/github-${scanner}`, { ci: ['github'], [scanner]: [true] }),
  ]),
  { source: './features/drill', target: '.' },
  ...parts.flatMap(partLayers),
  // What cache and broker share.
  ...infrastructureLayers('valkey', { cache: ['valkey'] }),
  ...infrastructureLayers('valkey', { starter: startersWithNeed('broker') }),
  layer('features/broker/common', { starter: startersWithNeed('broker') }),
  layer('features/websocket', { starter: startersWithNeed('websocket') }),
  ...loadTests.map(tool =>
    layer(`features/load-${tool}/common`, { loadTest: [tool] }),
  ),
  ...['prometheus', 'elk'].map(stack =>
    layer(`features/monitoring-${stack}/common`, { monitoring: [stack] }),
  ),
  layer('features/cache/common', { cache: ['valkey'] }),
  layer('features/clients/common', { clients: ['fargate'] }),
  ...[
    ['docs', 'docs'],
    ['healing', 'infra/healing'],
    ['scripts', 'scripts'],
  ].map(([folder, target]) => ({
    source: `./features/self-healing/${folder}`,
    target: `./${target}`,
    when: { selfHealing: [true] },
  })),
  {
    source: './features/signin/docs',
    target: './docs',
    when: { signIn: [true] },
  },
  layer('features/active-users/common', { scaling: ['active-users'] }),
  layer('features/secrets-manager', { secrets: ['secrets-manager'] }),
  layer('features/vault', { secrets: ['vault'] }),
  // With all dependencies that the starter can have; `cloudtrace:compose` keeps those of the chosen parts.
  ...Object.keys(starters).map(starter =>
    layer(`locks/${starter}`, { starter: [starter] }),
  ),
];

/** A starter's own code, and what it adds to optional parts. */
function starterLayers(starter: string): TemplateLayer[] {
  const chosen = { starter: [starter] };
  const code = starters[starter];
  return [
    layer(`starters/${starter}`, chosen),
    ...(code.sharedParts ?? []).map(part => layer(`features/${part}`, chosen)),
    ...code.loadTests.map(loadTest =>
      layer(`features/load-${loadTest}/${starter}`, {
        ...chosen,
        loadTest: [loadTest],
      }),
    ),
    ...(monitoringStacks[starter] ?? []).map(stack =>
      layer(`features/monitoring-${stack}/${starter}`, {
        ...chosen,
        monitoring: [stack],
      }),
    ),
    ...starterParts
      .filter(([part]) => code.lockedParts.includes(part.replace('-none', '')))
      .map(([part, when]) =>
        layer(`features/${part}/${starter}`, { ...chosen, ...when }),
      ),
  ];
}

/** The infrastructure of an optional part. */
function partLayers({
  name,
  folder = name,
  when,
}: TemplatePart): TemplateLayer[] {
  return infrastructureLayers(folder, when);
}

function infrastructureLayers(
  folder: string,
  when: OptionConditions,
): TemplateLayer[] {
  return ['terraform', 'cdk'].map(iac => ({
    source: `./features/${folder}/infra/${iac}`,
    target: `./infra/${iac}`,
    when: { ...when, iac: [iac] },
  }));
}

/** Manifests of Kubernetes. */
function manifests(
  folder: string,
  target: string,
  when: OptionConditions = {},
): TemplateLayer {
  return {
    source: `./compute/kubernetes/${folder}`,
    target: `./deploy/kubernetes${target}`,
    when: { compute: ['kubernetes'], ...when },
  };
}

/** A layer over the root of the repository. */
function layer(folder: string, when: TemplateLayer['when']): TemplateLayer {
  return { source: `./${folder}`, target: '.', when };
}
