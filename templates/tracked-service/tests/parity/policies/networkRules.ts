import type { InfrastructureModel } from '../InfrastructureModel';
import { productionRule, rule, type Rule } from './Rule';

/** Who may reach what, and whether it is recorded. */
export const networkRules: readonly Rule[] = [
  rule(
    'EC2.2',
    'the default security group is open',
    ({ network }) => network.defaultGroupClosed,
  ),
  rule('EC2.15', 'a subnet assigns public addresses', ({ network }) =>
    network.subnets.every(subnet => !subnet.publicAddresses),
  ),
  rule(
    'EC2.18',
    'more than HTTP(S) of the load balancer is open to the internet',
    onlyWebFromInternet,
  ),
  rule(
    'EC2.18',
    'an internal load balancer accepts the internet',
    isInternalOrPublic,
  ),
  rule(
    'EC2.18',
    'more than HTTPS may leave to the internet',
    onlyHttpsToInternet,
  ),
  rule(
    'RDS.2',
    'something other than the service, its migration and private networks reaches the database',
    onlyPrivateToDatabase,
  ),
  rule(
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-example-private-subnets-nat.html',
    'a data subnet has a route to the internet',
    ({ network }) =>
      network.subnets.filter(({ leavesTo }) => leavesTo === 'nowhere').length *
        3 ===
      network.subnets.length,
  ),
  rule(
    'ELB.13',
    'the subnets are not in at least two zones',
    ({ network }) => new Set(network.subnets.map(({ zone }) => zone)).size >= 2,
  ),
  productionRule(
    'EC2.6',
    'connections of the VPC are not recorded',
    ({ network }) => network.flowLogs === 'ALL',
  ),
  productionRule(
    'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html',
    'the loss of a zone disconnects the others: there is not one NAT gateway per zone',
    ({ network }) =>
      network.natGateways ===
      new Set(network.subnets.map(({ zone }) => zone)).size,
  ),
];

function onlyWebFromInternet({ connections }: InfrastructureModel): boolean {
  return connections
    .filter(line => line.startsWith('in  internet'))
    .every(line =>
      /^in {2}internet(?:-v6)? -> load-balancer tcp (80|443)$/.test(line),
    );
}

function isInternalOrPublic({
  connections,
  entry,
}: InfrastructureModel): boolean {
  return (
    entry.loadBalancer.internetFacing === true ||
    connections.every(line => !line.startsWith('in  internet'))
  );
}

function onlyHttpsToInternet({ connections }: InfrastructureModel): boolean {
  return connections
    .filter(line => /^out .* -> internet(?:-v6)? /.test(line))
    .every(line => line.endsWith(' tcp 443'));
}

function onlyPrivateToDatabase({
  connections,
  database,
}: InfrastructureModel): boolean {
  const privateRange = /^(10|172\.(1[6-9]|2\d|3[01])|192\.168)\./;
  return connections
    .map(line => /^in {2}(\S+) -> database (.*)$/.exec(line))
    .filter(match => match !== null)
    .every(
      ([, from, port]) =>
        (['service', 'migration'].includes(from) || privateRange.test(from)) &&
        port === `tcp ${database.port}`,
    );
}
