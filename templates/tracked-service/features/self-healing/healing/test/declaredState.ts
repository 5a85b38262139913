import type {
  DeclaredRule,
  DeclaredState,
} from '../src/declared/DeclaredState.js';
import type { AwsState, StoredRule } from './AwsStandIn.js';

export const DECLARED_PARAMETER = '/orders/declared';
export const PAUSE_PARAMETER = '/orders/paused-until';
export const PROBLEMS_PARAMETER = '/orders/problems';

/** A rule for TCP on one port. */
export function declaredRule(
  port: number,
  peer: { cidrIpv4?: string; groupId?: string },
): DeclaredRule {
  return { protocol: 'tcp', fromPort: port, toPort: port, ...peer };
}

/** What the repository of a small service declares. */
export const declared: DeclaredState = {
  securityGroups: [
    {
      id: 'sg-balancer',
      ingress: [declaredRule(443, { cidrIpv4: '0.0.0.0/0' })],
      egress: [declaredRule(8080, { groupId: 'sg-service' })],
    },
    {
      id: 'sg-database',
      ingress: [declaredRule(5432, { groupId: 'sg-service' })],
      egress: [],
    },
  ],
  group: { name: 'orders-production', minSize: 2, maxSize: 6 },
  listeners: [
    {
      arn: 'arn:listener/https',
      port: 443,
      protocol: 'HTTPS',
      sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      certificateArn: 'arn:certificate',
      targetGroupArn: 'arn:targets',
    },
    { arn: 'arn:listener/http', port: 80, protocol: 'HTTP' },
  ],
  database: { identifier: 'orders-production', publiclyAccessible: false },
};

/** AWS in exactly the state of {@link declared}, with three healthy instances. */
export function asDeclared(): AwsState {
  return {
    rules: declared.securityGroups.flatMap(({ id, ingress, egress }) => [
      ...ingress.map(rule => storedRule(id, rule, false)),
      ...egress.map(rule => storedRule(id, rule, true)),
    ]),
    group: {
      ...declared.group,
      instances: ['i-1', 'i-2', 'i-3'].map(id => ({
        id,
        state: 'InService',
        health: 'Healthy',
      })),
      activities: [],
    },
    listeners: structuredClone(declared.listeners),
    database: { ...declared.database },
    parameters: {
      [DECLARED_PARAMETER]: {
        value: JSON.stringify(declared),
        lastModified: new Date('2026-11-01T00:00:00Z'),
      },
    },
    alarms: [],
    metrics: {},
    token: 'events-token',
  };
}

/** A rule that AWS has. */
export function storedRule(
  groupId: string,
  { groupId: groupRef, description: _, ...rule }: DeclaredRule,
  isEgress: boolean,
): StoredRule {
  return {
    id: `sgr-${groupId}-${isEgress ? 'out' : 'in'}-${rule.fromPort}`,
    groupId,
    isEgress,
    protocol: rule.protocol,
    fromPort: rule.fromPort ?? -1,
    toPort: rule.toPort ?? -1,
    ...(rule.cidrIpv4 && { cidrIpv4: rule.cidrIpv4 }),
    ...(groupRef && { groupRef }),
  };
}
