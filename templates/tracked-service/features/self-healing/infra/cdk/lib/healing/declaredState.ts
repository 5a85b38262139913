import { Lazy, type Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { ServicePartContext } from '../parts/Part.ts';

/** A rule as the function reads it; see `infra/healing/src/declared/DeclaredState.ts`. */
interface DeclaredRule {
  readonly protocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly cidrIpv4?: string;
  readonly cidrIpv6?: string;
  readonly prefixListId?: string;
  readonly groupId?: string;
  readonly description?: string;
}

/** What the function may restore, as JSON. Written at synthesis, when every rule exists. */
export function declaredState(context: ServicePartContext): string {
  const { stack, compute, database, settings } = context;
  return Lazy.string({
    produce: () =>
      stack.toJsonString({
        securityGroups: declaredSecurityGroups(stack),
        group: {
          name: compute.group.autoScalingGroupName,
          minSize: settings.minSize,
          maxSize: settings.maxSize,
        },
        listeners: resources(stack, elbv2.CfnListener).map(listener =>
          declaredListener(context, listener),
        ),
        database: {
          identifier: database.instance.instanceIdentifier,
          publiclyAccessible: false,
        },
      }),
  });
}

/** Every security group of the stack with its rules, wherever the code adds them. */
export function declaredSecurityGroups(stack: Stack) {
  return securityGroups(stack).map(group => ({
    id: group.attrGroupId,
    ingress: ingressOf(stack, group),
    egress: egressOf(stack, group),
  }));
}

/** Every security group of the stack. */
export function securityGroups(stack: Stack): ec2.CfnSecurityGroup[] {
  return resources(stack, ec2.CfnSecurityGroup);
}

function resources<T>(
  stack: Stack,
  type: abstract new (...args: never[]) => T,
): T[] {
  return stack.node
    .findAll()
    .filter((child): child is typeof child & T => child instanceof type);
}

/** Rules of a group with an address in the group itself, those with another group in resources of their own. */
function ingressOf(stack: Stack, group: ec2.CfnSecurityGroup): DeclaredRule[] {
  return [
    ...inline(stack, group.securityGroupIngress),
    ...resources(stack, ec2.CfnSecurityGroupIngress)
      .filter(rule => isOf(stack, rule.groupId, group))
      .map(declaredRule),
  ];
}

function egressOf(stack: Stack, group: ec2.CfnSecurityGroup): DeclaredRule[] {
  return [
    ...inline(stack, group.securityGroupEgress),
    ...resources(stack, ec2.CfnSecurityGroupEgress)
      .filter(rule => isOf(stack, rule.groupId, group))
      .map(declaredRule),
  ];
}

interface Rule {
  readonly ipProtocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly cidrIp?: string;
  readonly cidrIpv6?: string;
  readonly sourcePrefixListId?: string;
  readonly sourceSecurityGroupId?: string;
  readonly destinationPrefixListId?: string;
  readonly destinationSecurityGroupId?: string;
  readonly description?: string;
}

function inline(stack: Stack, rules: unknown): DeclaredRule[] {
  return ((stack.resolve(rules) ?? []) as Rule[]).map(declaredRule);
}

function declaredRule(rule: Rule): DeclaredRule {
  const peer = {
    cidrIpv4: rule.cidrIp,
    cidrIpv6: rule.cidrIpv6,
    prefixListId: rule.sourcePrefixListId ?? rule.destinationPrefixListId,
    groupId: rule.sourceSecurityGroupId ?? rule.destinationSecurityGroupId,
  };
  if (Object.values(peer).every(value => value === undefined)) {
    throw new Error(
      `Self-healing cannot restore the rule '${rule.description ?? rule.ipProtocol}' of a security group: ` +
        'give it an address range, a prefix list or the id of a security group',
    );
  }
  return {
    protocol: rule.ipProtocol,
    fromPort: rule.fromPort,
    toPort: rule.toPort,
    ...peer,
    description: rule.description,
  };
}

function isOf(
  stack: Stack,
  groupId: string | undefined,
  group: ec2.CfnSecurityGroup,
): boolean {
  const text = (value: unknown) => JSON.stringify(stack.resolve(value));
  return text(groupId) === text(group.attrGroupId);
}

/** Without a target group, a listener redirects to HTTPS. */
function declaredListener(
  { stack, loadBalancer, settings }: ServicePartContext,
  listener: elbv2.CfnListener,
) {
  const [action] = stack.resolve(listener.defaultActions) as {
    type: string;
  }[];
  return {
    arn: listener.ref,
    port: listener.port,
    protocol: listener.protocol,
    ...(listener.protocol === 'HTTPS' && {
      sslPolicy: listener.sslPolicy,
      certificateArn: settings.certificateArn,
    }),
    ...(action?.type === 'forward' && {
      targetGroupArn: loadBalancer.targetGroup.targetGroupArn,
    }),
  };
}
