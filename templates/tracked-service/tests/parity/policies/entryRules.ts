import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { InfrastructureModel } from '../InfrastructureModel';
import { answerOf } from './answerOf';
import { productionRule, rule, type Rule } from './Rule';

/** TLS 1.2 and 1.3 only. */
const TLS_POLICIES = [
  'ELBSecurityPolicy-TLS13-1-2-2021-06',
  'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
  'ELBSecurityPolicy-TLS13-1-3-2021-06',
];

const TEMPLATE = path.resolve(__dirname, '../../..');

/** The service's default; the infrastructure does not set it. */
const SHUTDOWN_DRAIN_MS = Number(
  /SHUTDOWN_DRAIN_MS: durationMs\(([\d_]+)\)/
    .exec(
      readFileSync(path.join(TEMPLATE, 'core/src/config/config.ts'), 'utf8'),
    )![1]
    .replaceAll('_', ''),
);

/** How long the service keeps a connection without requests. */
const KEEP_ALIVE_MS = Number(
  /keepAliveTimeout: ([\d_]+)/
    .exec(
      readFileSync(
        path.join(TEMPLATE, 'core/src/http/createServer.ts'),
        'utf8',
      ),
    )![1]
    .replaceAll('_', ''),
);

/** Such as a garbage collection, or a database that fails over. */
const STALL_SECONDS = 10;

/** Load balancer, listeners and health check. */
export const entryRules: readonly Rule[] = [
  rule(
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html',
    'the load balancer does not check whether instances serve',
    ({ entry }) => entry.target.checkPath === '/healthz/serving',
  ),
  rule(
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html',
    'the load balancer takes more than the status 200 for healthy',
    ({ entry }) => entry.target.checkCodes === '200',
  ),
  {
    source:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html',
    find: model =>
      noticedAfterMs(model) < SHUTDOWN_DRAIN_MS
        ? []
        : [
            `the load balancer notices a draining instance after ${noticedAfterMs(
              model,
            )} ms, when it has stopped`,
          ],
  },
  rule(
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html',
    'a busy instance is replaced after a stall of 10 s',
    ({ entry: { target } }) =>
      Number(target.checkIntervalSeconds) *
        (Number(target.unhealthyAfter) - 1) >=
      STALL_SECONDS,
  ),
  rule(
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#deregistration-delay',
    'requests in flight are cut off when an instance is deregistered',
    ({ entry }) => Number(entry.target.deregistrationSeconds) >= 30,
  ),
  rule(
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html#connection-idle-timeout',
    'the load balancer may reuse a connection that the service has closed',
    ({ entry }) =>
      Number(entry.loadBalancer.idleTimeoutSeconds) * 1_000 < KEEP_ALIVE_MS,
  ),
  rule(
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#sticky-sessions',
    'the load balancer pins users to an instance',
    ({ entry }) => entry.target.sticky === false,
  ),
  rule('ELB.1', 'a listener serves plain HTTP', ({ entry }) =>
    entry.listeners.every(
      ({ protocol, action }) => protocol === 'HTTPS' || action === 'redirect',
    ),
  ),
  rule('ELB.1', 'plain HTTP is not redirected to HTTPS', ({ entry }) =>
    entry.listeners.every(
      ({ action, redirect }) =>
        action !== 'redirect' || String(redirect).startsWith('HTTPS:443 '),
    ),
  ),
  rule('ELB.17', 'a listener accepts old versions of TLS', ({ entry }) =>
    entry.listeners.every(
      ({ protocol, tls }) =>
        protocol !== 'HTTPS' || TLS_POLICIES.includes(String(tls)),
    ),
  ),
  rule(
    'ELB.4',
    'the load balancer passes invalid headers on',
    ({ entry }) => entry.loadBalancer.dropsInvalidHeaders === true,
  ),
  rule(
    'ELB.5',
    'the load balancer does not log requests',
    ({ entry }) => entry.loadBalancer.accessLogs !== null,
  ),
  rule(
    'ELB.13',
    'the load balancer is not in at least two zones',
    ({ entry }) => Number(entry.loadBalancer.subnets) >= 2,
  ),
  rule(
    'docs/decisions/internal-probes.md',
    'probes for the network inside can be reached through the load balancer',
    ({ entry }) =>
      answerOf(entry, '/healthz/scaling')?.at(-1) === 'fixed-response 404',
  ),
  rule(
    'docs/decisions/internal-probes.md',
    'the deployment cannot ask which image runs',
    ({ entry }) => answerOf(entry, '/healthz/serving')?.join() === 'forward',
  ),
  productionRule(
    'ELB.6',
    'the load balancer is not protected from deletion',
    ({ entry }) => entry.loadBalancer.deletionProtection === true,
  ),
];

/** Longest time until the load balancer sends nothing more to an instance that fails its check. */
function noticedAfterMs({ entry: { target } }: InfrastructureModel): number {
  const { checkIntervalSeconds, checkTimeoutSeconds, unhealthyAfter } = target;
  return (
    (Number(checkIntervalSeconds) * Number(unhealthyAfter) +
      Number(checkTimeoutSeconds)) *
    1000
  );
}
