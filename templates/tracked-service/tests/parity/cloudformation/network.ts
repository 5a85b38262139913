import { NOWHERE } from '../declaredState';
import type { NetworkModel } from '../InfrastructureModel';
import { nameOfRange } from '../nameOfRange';
import { sortedByContent, unique } from '../statements';
import type {
  CloudFormationTemplate,
  Properties,
} from './CloudFormationTemplate';

/** VPC, subnets and their routes out. */
export function readNetwork(template: CloudFormationTemplate): NetworkModel {
  const flowLog = template.optional('AWS::EC2::FlowLog');
  return {
    cidr: template.one('AWS::EC2::VPC').CidrBlock,
    subnets: sortedByContent(
      template.entries('AWS::EC2::Subnet').map(([id, { Properties = {} }]) => ({
        zone: Properties.AvailabilityZone,
        cidr: Properties.CidrBlock,
        publicAddresses: Properties.MapPublicIpOnLaunch === true,
        leavesTo: leavesTo(template, id),
      })),
    ),
    natGateways: template.all('AWS::EC2::NatGateway').length,
    gatewayEndpoints: template
      .all('AWS::EC2::VPCEndpoint')
      .filter(endpoint => endpoint.VpcEndpointType === 'Gateway')
      .map(endpoint => String(template.neutral(endpoint.ServiceName))),
    flowLogs: flowLog ? flowLog.TrafficType : null,
    // Done by a function that runs once: CloudFormation itself cannot change that group.
    defaultGroupClosed:
      template.all('Custom::VpcRestrictDefaultSG').length === 1,
  };
}

function leavesTo(template: CloudFormationTemplate, subnetId: string): string {
  const association = template
    .all('AWS::EC2::SubnetRouteTableAssociation')
    .find(candidate => template.target(candidate.SubnetId) === subnetId);
  const table = template.target(association?.RouteTableId);
  const route = template
    .all('AWS::EC2::Route')
    .find(
      candidate =>
        template.target(candidate.RouteTableId) === table &&
        candidate.DestinationCidrBlock === '0.0.0.0/0',
    );
  if (!route) return 'nowhere';
  return route.GatewayId ? 'internet' : 'nat';
}

/** Security groups that only their description tells apart, because no resource has them alone. */
const DESCRIBED: readonly [start: string, owner: string][] = [
  ['Migrations', 'migration'],
  ['Nodes', 'nodes'],
  ['Control plane', 'control-plane'],
];

/** Whose security group an id is. */
export function readOwners(
  template: CloudFormationTemplate,
): ReadonlyMap<string, string> {
  const owner = new Map<string, string>();
  const own = (groups: unknown, name: string) =>
    ([groups ?? []].flat() as unknown[]).forEach(group =>
      owner.set(template.target(group) ?? '', name),
    );
  own(
    template.one('AWS::ElasticLoadBalancingV2::LoadBalancer').SecurityGroups,
    'load-balancer',
  );
  own(
    template.optional('AWS::EC2::LaunchTemplate')?.LaunchTemplateData
      .SecurityGroupIds,
    'service',
  );
  own(template.one('AWS::RDS::DBInstance').VPCSecurityGroups, 'database');
  own(
    template.optional('AWS::ElastiCache::ReplicationGroup')?.SecurityGroupIds,
    'cache',
  );
  own(
    template.optional('AWS::MSK::Cluster')?.BrokerNodeGroupInfo.SecurityGroups,
    'broker',
  );
  for (const service of template.all('AWS::ECS::Service')) {
    own(
      service.NetworkConfiguration.AwsvpcConfiguration.SecurityGroups,
      service.ServiceName.endsWith('-agents') ? 'agents' : 'service',
    );
  }
  for (const [id, { Properties }] of template.entries(
    'AWS::EC2::SecurityGroup',
  )) {
    const [, name] =
      DESCRIBED.find(([start]) =>
        String(Properties?.GroupDescription).startsWith(start),
      ) ?? [];
    if (name) owner.set(id, name);
  }
  return owner;
}

/** Allowed connections between the groups of resources. */
export function readConnections(template: CloudFormationTemplate): string[] {
  const owner = readOwners(template);
  const ports = ({ IpProtocol, FromPort, ToPort }: Properties) =>
    `${IpProtocol} ${FromPort === ToPort ? FromPort : `${FromPort}-${ToPort}`}`;
  const peer = (rule: Properties, group: unknown) =>
    owner.get(template.target(group) ?? '') ??
    nameOfRange(
      rule.CidrIp ??
        rule.CidrIpv6 ??
        rule.SourcePrefixListId ??
        rule.DestinationPrefixListId,
    );
  const incoming = (rule: Properties, self: string) =>
    `in  ${peer(rule, rule.SourceSecurityGroupId)} -> ${self} ${ports(rule)}`;
  const outgoing = (rule: Properties, self: string) =>
    `out ${self} -> ${peer(rule, rule.DestinationSecurityGroupId)} ${ports(
      rule,
    )}`;
  const nameOf = (group: unknown) =>
    owner.get(template.target(group) ?? '') ?? 'unused';

  const inline = template
    .entries('AWS::EC2::SecurityGroup')
    .flatMap(([id, { Properties = {} }]) => {
      const self = owner.get(id) ?? 'unused';
      return [
        ...(Properties.SecurityGroupIngress ?? []).map((rule: Properties) =>
          incoming(rule, self),
        ),
        ...(Properties.SecurityGroupEgress ?? [])
          .filter(({ CidrIp }: Properties) => CidrIp !== NOWHERE)
          .map((rule: Properties) => outgoing(rule, self)),
      ];
    });
  return unique([
    ...inline,
    ...template
      .all('AWS::EC2::SecurityGroupIngress')
      .map(rule => incoming(rule, nameOf(rule.GroupId))),
    ...template
      .all('AWS::EC2::SecurityGroupEgress')
      .map(rule => outgoing(rule, nameOf(rule.GroupId))),
  ]);
}
