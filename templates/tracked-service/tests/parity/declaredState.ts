import type { DeclaredModel, Plain } from './InfrastructureModel';
import { nameOfRange } from './nameOfRange';
import { sortedByContent, unique } from './statements';

interface DeclaredRule {
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly cidrIpv4?: string;
  readonly cidrIpv6?: string;
  readonly prefixListId?: string;
  readonly groupId?: string;
}

interface DeclaredText {
  readonly securityGroups: readonly {
    readonly id: string;
    readonly ingress: readonly DeclaredRule[];
    readonly egress: readonly DeclaredRule[];
  }[];
  readonly group: Readonly<Record<string, Plain>>;
  readonly listeners: readonly Readonly<Record<string, Plain>>[];
  readonly database: Readonly<Record<string, Plain>>;
}

/** The CDK writes this rule into a group without allowed connections, because a group without rules would allow all. */
export const NOWHERE = '255.255.255.255/32';

/**
 * The declared state in the parameter of the function.
 *
 * @param owners - whose security group an id is
 */
export function readDeclared(
  json: string,
  owners: ReadonlyMap<unknown, string>,
): DeclaredModel {
  const declared = JSON.parse(json) as DeclaredText;
  const nameOf = (id: unknown) => owners.get(id) ?? 'unused';
  const peer = ({ groupId, ...rule }: DeclaredRule) =>
    groupId
      ? nameOf(groupId)
      : nameOfRange(rule.cidrIpv4 ?? rule.cidrIpv6 ?? rule.prefixListId);
  const isConnection = ({ cidrIpv4 }: DeclaredRule) => cidrIpv4 !== NOWHERE;
  return {
    connections: unique(
      declared.securityGroups.flatMap(({ id, ingress, egress }) => [
        ...ingress
          .filter(isConnection)
          .map(rule => `in  ${peer(rule)} -> ${nameOf(id)} ${ports(rule)}`),
        ...egress
          .filter(isConnection)
          .map(rule => `out ${nameOf(id)} -> ${peer(rule)} ${ports(rule)}`),
      ]),
    ),
    group: declared.group,
    listeners: sortedByContent(declared.listeners),
    database: declared.database,
  };
}

function ports({ protocol, fromPort, toPort }: DeclaredRule): string {
  return `${protocol} ${
    fromPort === toPort ? fromPort : `${fromPort}-${toPort}`
  }`;
}
