import type { OptionValues } from '../types';
import { lookUpValues } from '../lookUpValues';
import { trackedService } from './options';
import { starters, startersWithNeed } from './starters';

/**
 * One area of what is created, with one sentence per item.
 * @public
 */
export interface CreationArea {
  title: string;
  items: string[];
}

/**
 * What the template "Tracked service" creates for a set of answers, in words.
 * @public
 */
export interface Creation {
  /** Where the repository will be. */
  repository: string;
  /** The repository's content and its effects, in reading order. */
  areas: CreationArea[];
}

/**
 * Describes what will be created for these answers.
 *
 * @param values - normalised answers (`normalizeOptions`); they need not be
 * valid, so that it can also describe a partly completed form
 * @public
 */
export function describeCreation(values: OptionValues): Creation {
  return {
    repository: describeRepository(values),
    areas: [
      { title: 'Files in the repository', items: describeFiles(values) },
      { title: 'In AWS, once you deploy', items: describeResources(values) },
      { title: 'Pipeline', items: describePipeline(values) },
      { title: 'Scans', items: describeScans(values) },
    ],
  };
}

function describeRepository(values: OptionValues): string {
  const name = values.name ?? 'the service';
  if (values.publish === 'local') {
    return `A local git repository "${name}" of this portal`;
  }
  const host = values.publish === 'github' ? 'GitHub' : 'Bitbucket Cloud';
  const parameters = new URLSearchParams(
    String(values.repoUrl ?? '').split('?')[1],
  );
  const owner = parameters.get('owner') ?? parameters.get('workspace');
  const repo = parameters.get('repo');
  return owner && repo
    ? `A private repository ${owner}/${repo} on ${host}`
    : `A private repository on ${host}`;
}

function describeFiles(values: OptionValues): string[] {
  return present([
    'src, test, migrations: the service in TypeScript with its tests',
    (starters[String(values.starter)]?.sharedParts ?? []).includes(
      'web-client',
    ) && 'web: the React client with its tests',
    `infra/${values.iac}: ${titleOf('iac', values)} with tests`,
    values.ci === 'github' && '.github/workflows: GitHub Actions',
    values.ci === 'jenkins' && 'Jenkinsfile: Jenkins',
    values.ci === 'bitbucket' && 'bitbucket-pipelines.yml: Bitbucket Pipelines',
    values.compute === 'kubernetes' &&
      'deploy/kubernetes: manifests for EKS and for any other cluster',
    'scripts: the same steps for every pipeline, and the failover drill',
    `Load test for ${titleOf('loadTest', values)}`,
    values.cache === 'valkey' && 'The cache between service and database',
    values.clients === 'fargate' && 'The download agents with their own tests',
    values.selfHealing === true &&
      'infra/healing: the function of self-healing',
    values.secrets === 'vault' && 'Vault policies and setup',
    values.monitoring !== 'cloudwatch' &&
      `Monitoring stack: ${titleOf('monitoring', values)}`,
    'Dockerfile and docker-compose.yml to run it on a laptop',
    'README, TechDocs and runbook, catalog-info.yaml with the CloudTrace annotations',
  ]);
}

function describeResources(values: OptionValues): string[] {
  const zones = lookUpValues(trackedService, values).zoneNames ?? [];
  return present([
    `A network in ${zones.join(', ')}, with public, private and data subnets`,
    `A NAT gateway in each of the ${zones.length} zones, for calls to the internet`,
    values.internal === true
      ? 'A load balancer with HTTPS and access logs, reachable from private networks only'
      : 'A load balancer with HTTPS and access logs',
    ...describeCompute(values, zones.length),
    'PostgreSQL with a standby in another zone, encrypted and backed up',
    values.secrets === 'vault'
      ? 'Database credentials from your Vault, created for each instance'
      : 'Database credentials in Secrets Manager, rotated every 7 days',
    values.cache === 'valkey' && 'Valkey: two cache nodes with failover',
    ...describeBroker(values, zones.length),
    values.clients === 'fargate' &&
      'Download agents on Fargate, with an API gateway and an S3 bucket',
    values.waf === true && 'A web application firewall with the managed rules',
    values.signIn === true &&
      'Sign-in at the load balancer with your identity provider, whose client secret you store in Secrets Manager first',
    values.selfHealing === true &&
      'A function that restores what the code declares, and replaces instances that are stuck',
    values.flowLogs === true && 'Flow logs of the network, kept for 30 days',
    'Alarms, a dashboard and a topic that they notify',
    'A read-only role for this portal',
  ]);
}

function describeCompute(values: OptionValues, zones: number): string[] {
  const bounds = `${values.minInstances} to ${values.maxInstances}`;
  const scaling = titleOf('scaling', values);
  if (values.compute === 'kubernetes') {
    const spot = values.spot ? ', and a Spot node in each zone' : '';
    return [
      'A Kubernetes cluster (EKS) with a private API, which your pipeline must be able to reach',
      `${
        2 * zones
      } nodes (t3.large), two in each zone${spot}; one in each zone of staging; their number does not scale by itself`,
      `${bounds} pods; ${scaling}`,
    ];
  }
  const kind =
    values.compute === 'ecs'
      ? 'tasks on Fargate (0.5 vCPU, 1 GB)'
      : 'instances (t3.small)';
  const spot = values.spot ? '; Spot above the minimum' : '';
  return [`${bounds} ${kind}; ${scaling}${spot}`];
}

function describeBroker(values: OptionValues, zones: number): string[] {
  if (!startersWithNeed('broker').includes(String(values.starter))) return [];
  return [
    `Kafka (MSK) with a broker in each of the ${zones} zones, TLS only, with a login`,
    'Valkey for jobs and wake-up calls: two nodes with failover and a password',
    '2 to 6 workers on Fargate (0.5 vCPU, 1 GB)',
  ];
}

function describePipeline(values: OptionValues): string[] {
  return [
    `${titleOf('ci', values)}: lint, test, build, image, scans`,
    `${
      values.iac === 'cdk' ? 'cdk diff' : 'terraform plan'
    } on every change; deployment without long-lived cloud keys`,
    `Nightly drift check, reported to the portal${
      values.ci === 'github' ? ' and as an issue' : ''
    }`,
    `On demand: load test with ${titleOf('loadTest', values)}, failover drill`,
  ];
}

function describeScans(values: OptionValues): string[] {
  return present([
    'Trivy: dependencies, image, infrastructure and secrets',
    values.snyk === true && 'Snyk: dependencies and code (needs SNYK_TOKEN)',
    values.sonarqube === true &&
      'SonarQube: code quality (needs SONAR_HOST_URL and SONAR_TOKEN)',
    'All findings go to the Security scans tab',
  ]);
}

function titleOf(name: string, values: OptionValues): string {
  const choice = trackedService.options[name].choices?.find(
    ({ value }) => value === values[name],
  );
  return choice?.title ?? String(values[name]);
}

function present(items: Array<string | false>): string[] {
  return items.filter((item): item is string => item !== false);
}
