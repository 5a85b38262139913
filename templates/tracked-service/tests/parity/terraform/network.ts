import type { NetworkModel } from '../InfrastructureModel';
import { nameOfRange } from '../nameOfRange';
import { sortedByContent, unique } from '../statements';
import {
  blocks,
  type StateObject,
  type TerraformState,
} from './TerraformState';

/** VPC, subnets and their routes out. */
export function readNetwork(state: TerraformState): NetworkModel {
  const flowLog = state.optional('aws_flow_log');
  return {
    cidr: String(state.one('aws_vpc').cidr_block),
    subnets: sortedByContent(
      state.all('aws_subnet').map(subnet => ({
        zone: String(subnet.availability_zone),
        cidr: String(subnet.cidr_block),
        publicAddresses: subnet.map_public_ip_on_launch === true,
        leavesTo: leavesTo(state, subnet),
      })),
    ),
    natGateways: state.all('aws_nat_gateway').length,
    gatewayEndpoints: state
      .all('aws_vpc_endpoint')
      .filter(endpoint => endpoint.vpc_endpoint_type === 'Gateway')
      .map(endpoint => String(endpoint.service_name)),
    flowLogs: flowLog ? String(flowLog.traffic_type) : null,
    defaultGroupClosed: state
      .all('aws_default_security_group')
      .some(
        group =>
          blocks(group, 'ingress').length === 0 &&
          blocks(group, 'egress').length === 0,
      ),
  };
}

function leavesTo(state: TerraformState, subnet: StateObject): string {
  const association = state
    .all('aws_route_table_association')
    .find(candidate => candidate.subnet_id === subnet.id);
  const route = state
    .all('aws_route')
    .find(
      candidate =>
        candidate.route_table_id === association?.route_table_id &&
        candidate.destination_cidr_block === '0.0.0.0/0',
    );
  if (!route) return 'nowhere';
  const gateways = state.all('aws_internet_gateway').map(({ id }) => id);
  return gateways.includes(route.gateway_id) ? 'internet' : 'nat';
}

/** Security groups that only their name tells apart, because no resource has them alone. */
const NAMED = ['migration', 'nodes', 'control-plane'];

/** Whose security group an id is. */
export function readOwners(
  state: TerraformState,
): ReadonlyMap<unknown, string> {
  const owner = new Map<unknown, string>();
  const own = (ids: unknown, name: string) =>
    ([ids].flat() as unknown[]).forEach(id => owner.set(id, name));
  own(state.one('aws_lb').security_groups, 'load-balancer');
  own(state.optional('aws_launch_template')?.vpc_security_group_ids, 'service');
  own(state.one('aws_db_instance').vpc_security_group_ids, 'database');
  own(
    state.optional('aws_elasticache_replication_group')?.security_group_ids,
    'cache',
  );
  own(
    blocks(state.optional('aws_msk_cluster') ?? {}, 'broker_node_group_info')[0]
      ?.security_groups,
    'broker',
  );
  for (const service of state.all('aws_ecs_service')) {
    blocks(service, 'network_configuration').forEach(({ security_groups }) =>
      own(
        security_groups,
        String(service.name).endsWith('-agents') ? 'agents' : 'service',
      ),
    );
  }
  for (const group of state.all('aws_security_group')) {
    const name = NAMED.find(suffix =>
      String(group.name).endsWith(`-${suffix}`),
    );
    if (name) own(group.id, name);
  }
  return owner;
}

/** Allowed connections between the groups of resources. */
export function readConnections(state: TerraformState): string[] {
  const owner = readOwners(state);
  const describe = (rule: StateObject, from: string, to: string) =>
    `${from} -> ${to} ${rule.ip_protocol} ${
      rule.from_port === rule.to_port
        ? rule.from_port
        : `${rule.from_port}-${rule.to_port}`
    }`;
  const self = (rule: StateObject) =>
    owner.get(rule.security_group_id) ?? 'unused';
  const peer = (rule: StateObject) =>
    owner.get(rule.referenced_security_group_id) ??
    nameOfRange(rule.cidr_ipv4 ?? rule.cidr_ipv6 ?? rule.prefix_list_id);
  const inline = (direction: 'ingress' | 'egress') =>
    state.all('aws_security_group').flatMap(group =>
      blocks(group, direction).flatMap(rule => {
        const name = owner.get(group.id) ?? 'unused';
        const ranges = [
          rule.cidr_blocks ?? [],
          rule.ipv6_cidr_blocks ?? [],
          rule.prefix_list_ids ?? [],
        ].flat();
        return ranges.map(range => {
          const other = nameOfRange(range);
          const flat = { ...rule, ip_protocol: rule.protocol };
          return direction === 'ingress'
            ? `in  ${describe(flat, other, name)}`
            : `out ${describe(flat, name, other)}`;
        });
      }),
    );
  return unique([
    ...inline('ingress'),
    ...inline('egress'),
    ...state
      .all('aws_vpc_security_group_ingress_rule')
      .map(rule => `in  ${describe(rule, peer(rule), self(rule))}`),
    ...state
      .all('aws_vpc_security_group_egress_rule')
      .map(rule => `out ${describe(rule, self(rule), peer(rule))}`),
  ]);
}
