import type { SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { DeclaredRule } from '../declared/DeclaredState.js';

/**
 * A rule as one text, equal for equal rules whatever their description: `tcp 443-443 0.0.0.0/0`.
 * AWS leaves out the ports of a rule for every protocol, which `-1` stands for.
 */
export function keyOfDeclared(rule: DeclaredRule): string {
  const peer =
    rule.cidrIpv4 ?? rule.cidrIpv6 ?? rule.prefixListId ?? rule.groupId;
  return key({
    protocol: rule.protocol,
    fromPort: rule.fromPort ?? -1,
    toPort: rule.toPort ?? -1,
    peer,
  });
}

/** {@link keyOfDeclared} of a rule as EC2 describes it. */
export function keyOfFound(rule: SecurityGroupRule): string {
  const peer =
    rule.CidrIpv4 ??
    rule.CidrIpv6 ??
    rule.PrefixListId ??
    rule.ReferencedGroupInfo?.GroupId;
  return key({
    protocol: rule.IpProtocol ?? '-1',
    fromPort: rule.FromPort ?? -1,
    toPort: rule.ToPort ?? -1,
    peer,
  });
}

const NUMBERS: Record<string, string> = {
  '6': 'tcp',
  '17': 'udp',
  '1': 'icmp',
  '58': 'icmpv6',
};

function key(rule: {
  protocol: string;
  fromPort: number;
  toPort: number;
  peer: string | undefined;
}): string {
  const protocol = NUMBERS[rule.protocol] ?? rule.protocol.toLowerCase();
  // Every protocol has every port, whatever the rule says.
  const ports = protocol === '-1' ? '-1--1' : `${rule.fromPort}-${rule.toPort}`;
  return `${protocol} ${ports} ${rule.peer ?? 'nothing'}`;
}
