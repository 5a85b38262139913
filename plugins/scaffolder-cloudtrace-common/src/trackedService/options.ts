/**
 * The options of the template "Tracked service": the single source for the form
 * (`template.yaml` is checked against it), for the scaffolder
 * (`options.generated.json` is generated from it), for the tests (which
 * combinations are accepted and rejected) and for the docs.
 *
 * After a change, run `yarn template:options`, which rewrites
 * `options.generated.json`.
 */
import { findProblems } from '../findProblems';
import { normalizeOptions } from '../normalizeOptions';
import type { OptionProblem, OptionRule, TemplateOptions } from '../types';
import { layers } from './layers';
import { parts } from './parts';
import { zoneNamesByRegion } from './regions';
import {
  defaultForNeed,
  needsByStarter,
  starterRules,
  startersWithNeed,
} from './starters';

/**
 * Longest name that keeps `<name>-production` within 32 characters, the limit of load balancer and target group names.
 */
const NAME_MAX_LENGTH = 20;

/**
 * Text answers are copied into YAML, JSON, Markdown or a shell, where they must
 * not be able to start a template, a command or markup.
 */
const PLAIN_TEXT =
  '^(?!.*(?:\\{\\{|\\{%|\\{#|\\$\\(|\\$\\{))[^\\u0000-\\u001f\\u007f\\u202a-\\u202e\\u2066-\\u2069`<>]+$';

const options: TemplateOptions['options'] = {
  name: {
    title: 'Name',
    description:
      'Name of the service, its repository and its cloud resources. Cannot be changed later.',
    type: 'string',
    required: true,
    minLength: 3,
    maxLength: NAME_MAX_LENGTH,
    pattern: '^(?!(?:aws|internal|xn)-)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$',
    patternReason:
      'must be lower-case letters, digits and single hyphens, start with a letter, end with a letter or digit, and not start with aws-, internal- or xn- (AWS reserves them)',
  },
  owner: {
    title: 'Owner',
    description:
      'Group or user that owns the service: is notified of failures and may manage its tokens.',
    type: 'string',
    required: true,
    maxLength: 200,
    pattern:
      '^(?:(?:group|user):)?(?:[a-z0-9]+(?:-[a-z0-9]+)*/)?[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*$',
    patternReason: 'must be an entity reference such as group:default/payments',
  },
  description: {
    title: 'Description',
    description:
      'One sentence about what the service does, shown in the catalog.',
    type: 'string',
    required: true,
    minLength: 5,
    maxLength: 200,
    pattern: PLAIN_TEXT,
    patternReason:
      'must be one line of plain text, without `, <, >, {{, {%, {#, ${ and $(',
  },
  system: {
    title: 'System',
    description: 'The system in the catalog that the service belongs to.',
    type: 'string',
    maxLength: 200,
    pattern:
      '^(?:system:)?(?:[a-z0-9]+(?:-[a-z0-9]+)*/)?[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*$',
    patternReason: 'must be an entity reference such as system:default/shop',
  },
  starter: {
    title: 'Starter',
    description: 'The code that the repository starts with.',
    type: 'string',
    default: 'request-tracker',
    choices: [
      {
        value: 'request-tracker',
        title:
          'Request tracker: HTTP API that stores every request in PostgreSQL',
      },
      {
        value: 'storefront',
        title:
          'Storefront: React shop with accounts, orders and a live dashboard',
      },
      {
        value: 'notifications',
        title:
          'Notifications: events through an outbox and a worker to sockets, with nothing lost',
      },
    ],
  },
  iac: {
    title: 'Infrastructure as code',
    description:
      'Both create the same resources; choose the one that your team knows best.',
    type: 'string',
    default: 'terraform',
    choices: [
      { value: 'terraform', title: 'Terraform' },
      { value: 'cdk', title: 'AWS CDK (TypeScript)' },
    ],
  },
  compute: {
    title: 'Compute',
    description: 'What the service runs on, behind the same load balancer.',
    type: 'string',
    default: 'asg',
    choices: [
      { value: 'asg', title: 'EC2 instances in an Auto Scaling group' },
      { value: 'ecs', title: 'ECS on Fargate, one task per instance' },
      {
        value: 'kubernetes',
        title: 'Kubernetes (EKS), with manifests for any other cluster',
      },
    ],
  },
  region: {
    title: 'Region',
    description:
      'AWS region of all resources. Prices differ by up to about 20 %.',
    type: 'string',
    default: 'eu-central-1',
    choices: Object.keys(zoneNamesByRegion).map(value => ({
      value,
      title: value,
    })),
  },
  zones: {
    title: 'Availability zones',
    description:
      'Each zone gets its own subnets and NAT gateway. If one zone fails, three zones keep two thirds of the capacity, two zones keep half.',
    type: 'integer',
    default: 2,
    choices: [
      { value: 2, title: '2' },
      { value: 3, title: '3' },
    ],
  },
  scaling: {
    title: 'Scaling policy',
    description:
      'When the service scales out and in. By default, active users scale the storefront, and steps of CPU the other starters, except on Kubernetes, which keeps a target instead.',
    type: 'string',
    default: 'step-cpu',
    defaults: [
      ...(defaultForNeed('activeUsers', 'active-users').defaults ?? []),
      { when: { compute: ['kubernetes'] }, default: 'target-tracking' },
    ],
    choices: [
      {
        value: 'step-cpu',
        title: 'Steps: scale out above 70 % CPU, in below 30 %',
      },
      {
        value: 'target-tracking',
        title: 'Target tracking: keep average CPU at 50 %',
      },
      {
        value: 'active-users',
        title:
          'Active users: keep 4 active users per instance, and CPU at 70 % at most',
      },
    ],
  },
  workerScaling: {
    title: 'Scaling of the workers',
    description:
      'For the notifications on Kubernetes only: when workers scale that run as pods, in a cluster other than EKS. On EKS, the workers run on ECS, which keeps average CPU at 50 %.',
    type: 'string',
    default: 'target-tracking',
    choices: [
      {
        value: 'target-tracking',
        title: 'Target tracking: keep average CPU at 50 %',
      },
      {
        value: 'consumer-lag',
        title:
          'Consumer lag: one worker for each 100 events that wait, and CPU at 70 % at most (needs KEDA)',
      },
    ],
    appliesWhen: {
      starter: startersWithNeed('broker'),
      compute: ['kubernetes'],
    },
  },
  minInstances: {
    title: 'Minimum instances',
    description: 'Always running, and always billed.',
    type: 'integer',
    default: 2,
    minimum: 1,
    maximum: 50,
  },
  maxInstances: {
    title: 'Maximum instances',
    description: 'Upper bound of the group, and so of the cost.',
    type: 'integer',
    default: 6,
    minimum: 1,
    maximum: 50,
  },
  spot: {
    title: 'Spot instances',
    description:
      'Instances above the minimum are Spot: some 60–70 % cheaper, but AWS can reclaim them with a notice of two minutes. On Kubernetes, each zone gets a Spot node beside its node on demand.',
    type: 'boolean',
    default: false,
  },
  cache: {
    title: 'Cache',
    description: 'A cache between the service and the database.',
    type: 'string',
    default: 'none',
    ...defaultForNeed('cache', 'valkey'),
    choices: [
      { value: 'none', title: 'None' },
      {
        value: 'valkey',
        title: 'ElastiCache for Valkey, two nodes with failover',
      },
    ],
  },
  clients: {
    title: 'Clients',
    description:
      'Agents that run beside the service and download files, started through an API gateway.',
    type: 'string',
    default: 'none',
    choices: [
      { value: 'none', title: 'None' },
      {
        value: 'fargate',
        title: 'ECS Fargate download agents with API Gateway and S3',
      },
    ],
  },
  waf: {
    title: 'Web application firewall',
    description:
      'AWS WAF with the managed rule sets in front of the load balancer.',
    type: 'boolean',
    default: false,
  },
  signIn: {
    title: 'Sign-in at the load balancer',
    description:
      'Only users that your identity provider (OpenID Connect) has signed in reach the service. Health checks stay open; machines need an exempt path or network. Needs a client of the identity provider before the first deployment.',
    type: 'boolean',
    default: false,
  },
  selfHealing: {
    title: 'Self-healing',
    description:
      'A function restores security groups, group bounds, listeners and the private database when somebody changes them by hand, and replaces instances that are stuck. For EC2 only, because ECS and Kubernetes replace what runs on them. By default, only the storefront has it.',
    type: 'boolean',
    default: false,
    defaults: [{ when: { starter: ['storefront'] }, default: true }],
    appliesWhen: { compute: ['asg'] },
  },
  internal: {
    title: 'Internal load balancer',
    description:
      'The load balancer has private addresses only: clients reach it from the VPC and connected networks, not from the internet. The runner that deploys needs such a connection, too.',
    type: 'boolean',
    default: false,
  },
  flowLogs: {
    title: 'VPC flow logs',
    description: 'A record of network connections, kept for 30 days.',
    type: 'boolean',
    default: true,
  },
  secrets: {
    title: 'Secrets',
    description: 'Where the service reads its database credentials.',
    type: 'string',
    default: 'secrets-manager',
    choices: [
      {
        value: 'secrets-manager',
        title: 'AWS Secrets Manager, rotated every 7 days',
      },
      {
        value: 'vault',
        title: 'HashiCorp Vault, dynamic credentials (needs a Vault)',
      },
    ],
  },
  ci: {
    title: 'Pipeline',
    description: 'All three run the same scripts in scripts/ci.',
    type: 'string',
    default: 'github',
    choices: [
      { value: 'github', title: 'GitHub Actions' },
      { value: 'jenkins', title: 'Jenkins' },
      { value: 'bitbucket', title: 'Bitbucket Pipelines' },
    ],
  },
  snyk: {
    title: 'Snyk',
    description:
      'Scan dependencies and code with Snyk in addition to Trivy. Needs a SNYK_TOKEN.',
    type: 'boolean',
    default: false,
  },
  sonarqube: {
    title: 'SonarQube',
    description:
      'Scan code quality with SonarQube in addition to Trivy. Needs SONAR_HOST_URL and SONAR_TOKEN.',
    type: 'boolean',
    default: false,
  },
  loadTest: {
    title: 'Load test',
    description:
      'The tool for the load test, which the pipeline runs on demand.',
    type: 'string',
    default: 'k6',
    choices: [
      { value: 'k6', title: 'k6' },
      { value: 'jmeter', title: 'Apache JMeter' },
      { value: 'locust', title: 'Locust' },
    ],
  },
  monitoring: {
    title: 'Monitoring',
    description:
      'CloudWatch alarms and dashboard always exist; the other choices add a monitoring stack beside the service.',
    type: 'string',
    default: 'cloudwatch',
    choices: [
      { value: 'cloudwatch', title: 'CloudWatch only' },
      {
        value: 'prometheus',
        title: 'Prometheus and Grafana with Loki, Tempo and Mimir',
      },
      { value: 'elk', title: 'Elasticsearch, Logstash and Kibana' },
    ],
  },
  publish: {
    title: 'Publish to',
    description: 'Where the repository is created.',
    type: 'string',
    default: 'local',
    choices: [
      { value: 'local', title: 'A local git repository of this portal' },
      { value: 'github', title: 'GitHub' },
      { value: 'bitbucket', title: 'Bitbucket Cloud' },
    ],
  },
  repoUrl: {
    title: 'Repository',
    description: 'Host, owner and name of the new repository.',
    type: 'string',
    maxLength: 400,
    pattern: '^[A-Za-z0-9.-]+(?::[0-9]+)?\\?[A-Za-z0-9=&%._~+-]+$',
    patternReason: 'must look like github.com?owner=acme&repo=orders',
    appliesWhen: { publish: ['github', 'bitbucket'] },
  },
  startOnLocalFleet: {
    title: 'Start it on the local fleet',
    description:
      'Runs two to four instances in two zones on this machine, behind a load balancer and under load, so that the CloudTrace tab shows live requests.',
    type: 'boolean',
    default: true,
    appliesWhen: { publish: ['local'] },
  },
};

const rules: readonly OptionRule[] = [
  {
    when: { ci: ['github'] },
    allow: { publish: ['local', 'github'] },
    reason: 'GitHub Actions runs only in a repository on GitHub',
  },
  {
    when: { ci: ['bitbucket'] },
    allow: { publish: ['local', 'bitbucket'] },
    reason: 'Bitbucket Pipelines runs only in a repository on Bitbucket',
  },
  {
    when: { publish: ['github', 'bitbucket'] },
    require: ['repoUrl'],
    reason: 'must be answered for a repository on GitHub or Bitbucket',
  },
  ...starterRules,
  {
    when: { starter: ['notifications'] },
    allow: { scaling: ['step-cpu', 'target-tracking'] },
    reason:
      'has no code for the notifications service, which counts no active users',
  },
  {
    when: { compute: ['kubernetes'] },
    allow: { scaling: ['target-tracking', 'active-users'] },
    reason:
      'must be target-tracking or active-users on Kubernetes, whose autoscalers keep a target and have no steps',
  },
  {
    atMost: ['minInstances', 'maxInstances'],
    reason: 'must not exceed the maximum instances',
  },
  {
    atMost: ['zones', 'maxInstances'],
    reason: 'must not exceed the maximum instances, or a zone stays empty',
  },
];

/**
 * The options, rules and layers of the template "Tracked service", as in its
 * `options.generated.json`.
 * @public
 */
export const trackedService: TemplateOptions = {
  template: 'tracked-service',
  version: '0.4.0',
  options,
  rules,
  layers,
  parts,
  lookups: {
    zoneNames: { by: 'region', take: 'zones', table: zoneNamesByRegion },
    needs: { by: 'starter', table: needsByStarter },
  },
};

/**
 * Why the answers to the form "Tracked service" are rejected; empty if the
 * template can be rendered with them. Missing answers count as their defaults.
 * @public
 */
export function findTrackedServiceProblems(
  answers: Record<string, unknown>,
): OptionProblem[] {
  return findProblems(
    trackedService,
    normalizeOptions(trackedService, answers),
  );
}
