import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  paginateDescribeSecurityGroupRules,
  type EC2Client,
  type IpPermission,
  type SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import type { DeclaredRule, DeclaredState } from '../declared/DeclaredState.js';
import { keyOfDeclared, keyOfFound } from './ruleKey.js';
import type { Difference, Guard } from './types.js';

/** Restores missing rules and removes undeclared ones; in this order, because a missing rule stops the service. */
export class SecurityGroupGuard implements Guard {
  readonly kind = 'security-groups';
  readonly #ec2: EC2Client;

  constructor(options: { ec2: EC2Client }) {
    this.#ec2 = options.ec2;
  }

  async compare({ securityGroups }: DeclaredState): Promise<Difference[]> {
    const found = await this.#read(securityGroups.map(({ id }) => id));
    const differences = securityGroups.flatMap(({ id, ingress, egress }) => {
      const ofGroup = found.filter(rule => rule.GroupId === id);
      return [
        this.#compare(
          id,
          'ingress',
          ingress,
          ofGroup.filter(rule => !rule.IsEgress),
        ),
        this.#compare(
          id,
          'egress',
          egress,
          ofGroup.filter(rule => rule.IsEgress),
        ),
      ];
    });
    return [
      ...differences.flatMap(({ missing }) => missing),
      ...differences.flatMap(({ undeclared }) => undeclared),
    ];
  }

  async #read(groupIds: string[]): Promise<SecurityGroupRule[]> {
    const pages = paginateDescribeSecurityGroupRules(
      { client: this.#ec2, pageSize: 1_000 },
      { Filters: [{ Name: 'group-id', Values: groupIds }] },
    );
    const rules: SecurityGroupRule[] = [];
    for await (const page of pages)
      rules.push(...(page.SecurityGroupRules ?? []));
    return rules;
  }

  #compare(
    groupId: string,
    direction: 'ingress' | 'egress',
    declared: readonly DeclaredRule[],
    found: readonly SecurityGroupRule[],
  ) {
    const declaredKeys = new Set(declared.map(keyOfDeclared));
    const foundKeys = new Set(found.map(keyOfFound));
    return {
      missing: declared
        .filter(rule => !foundKeys.has(keyOfDeclared(rule)))
        .map(rule => this.#missing(groupId, direction, rule)),
      undeclared: found
        .filter(rule => !declaredKeys.has(keyOfFound(rule)))
        .map(rule => this.#undeclared(groupId, direction, rule)),
    };
  }

  #missing(
    groupId: string,
    direction: 'ingress' | 'egress',
    rule: DeclaredRule,
  ): Difference {
    const input = { GroupId: groupId, IpPermissions: [permissionOf(rule)] };
    return {
      resource: groupId,
      action: `add the ${direction} rule ${keyOfDeclared(rule)} to ${groupId}`,
      declared: keyOfDeclared(rule),
      found: 'no such rule',
      repair: () =>
        direction === 'ingress'
          ? this.#ec2.send(new AuthorizeSecurityGroupIngressCommand(input))
          : this.#ec2.send(new AuthorizeSecurityGroupEgressCommand(input)),
    };
  }

  #undeclared(
    groupId: string,
    direction: 'ingress' | 'egress',
    rule: SecurityGroupRule,
  ): Difference {
    const input = {
      GroupId: groupId,
      SecurityGroupRuleIds: [rule.SecurityGroupRuleId ?? ''],
    };
    return {
      resource: groupId,
      action: `remove the ${direction} rule ${keyOfFound(rule)} of ${groupId}`,
      declared: 'no such rule',
      found: keyOfFound(rule),
      repair: () =>
        direction === 'ingress'
          ? this.#ec2.send(new RevokeSecurityGroupIngressCommand(input))
          : this.#ec2.send(new RevokeSecurityGroupEgressCommand(input)),
    };
  }
}

function permissionOf(rule: DeclaredRule): IpPermission {
  const description = rule.description && { Description: rule.description };
  return {
    IpProtocol: rule.protocol,
    ...(rule.protocol !== '-1' && {
      FromPort: rule.fromPort,
      ToPort: rule.toPort,
    }),
    ...(rule.cidrIpv4 && {
      IpRanges: [{ CidrIp: rule.cidrIpv4, ...description }],
    }),
    ...(rule.cidrIpv6 && {
      Ipv6Ranges: [{ CidrIpv6: rule.cidrIpv6, ...description }],
    }),
    ...(rule.prefixListId && {
      PrefixListIds: [{ PrefixListId: rule.prefixListId, ...description }],
    }),
    ...(rule.groupId && {
      UserIdGroupPairs: [{ GroupId: rule.groupId, ...description }],
    }),
  };
}
