import type { ClusterModel, InfrastructureModel } from '../InfrastructureModel';
import { rule, type Rule } from './Rule';

/** The oldest Kubernetes version that EKS supports without extra cost until 2027. */
const OLDEST_VERSION = 1.35;

/** Control plane, nodes and pods on EKS. What runs in the pods is in the manifests. */
export const kubernetesRules: readonly Rule[] = [
  clusterRule(
    'EKS.1',
    'everybody can reach the API of the cluster',
    ({ controlPlane: { publicEndpoint, publicNetworks } }) =>
      publicEndpoint === false ||
      ((publicNetworks as readonly string[]).length > 0 &&
        (publicNetworks as readonly string[]).every(
          network => Number(network.split('/')[1]) >= 16,
        )),
  ),
  clusterRule(
    'https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html',
    'nodes reach the API of the cluster through the internet',
    ({ controlPlane }) => controlPlane.privateEndpoint === true,
  ),
  clusterRule(
    'EKS.2',
    'the cluster runs a Kubernetes version that EKS supports for an extra price only',
    ({ controlPlane }) => Number(controlPlane.version) >= OLDEST_VERSION,
  ),
  clusterRule(
    'EKS.3',
    'the secrets of Kubernetes are not encrypted with the key of the environment',
    ({ controlPlane: { encrypts, key } }) =>
      (encrypts as readonly string[]).includes('secrets') && key === '<key>',
  ),
  clusterRule(
    'EKS.8',
    'the audit log of the cluster is not recorded',
    ({ controlPlane }) =>
      (controlPlane.logs as readonly string[]).includes('audit'),
  ),
  rule(
    'https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html',
    'EKS creates the log group of the control plane itself, without key and retention',
    ({ compute: { cluster, group }, logGroups }) =>
      cluster === null ||
      logGroups.some(({ name }) => name === `/aws/eks/${group.name}/cluster`),
  ),
  clusterRule(
    'https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html',
    'a ConfigMap in the cluster can give access to it',
    ({ controlPlane }) => controlPlane.authentication === 'API',
  ),
  clusterRule(
    'https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html',
    'whoever creates the cluster administers it without being named',
    ({ controlPlane }) => controlPlane.creatorIsAdmin === false,
  ),
  clusterRule(
    'https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html',
    'nothing enforces network policies',
    ({ addOns }) =>
      addOns.some(
        line =>
          line.startsWith('vpc-cni ') &&
          /"enableNetworkPolicy":"?true/.test(line),
      ),
  ),
  clusterRule(
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/install-CloudWatch-Observability-EKS-addon.html',
    'an add-on injects an agent into the pods of the service',
    ({ addOns }) =>
      addOns
        .filter(line => line.startsWith('amazon-cloudwatch-observability '))
        .every(line => line.includes('"monitorAllServices":false')),
  ),
  clusterRule(
    'https://docs.aws.amazon.com/eks/latest/userguide/access-policies.html',
    'the portal may do more in the cluster than its manifests allow the group cloudtrace-read',
    ({ access }) =>
      access
        .filter(line => /^\S+-cloudtrace-portal: /.test(line))
        .every(line => line.endsWith(': cloudtrace-read')),
  ),
  rule(
    'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
    'a pod of another service account may assume a role',
    onlyNamedPodsAssume,
  ),
  rule(
    'https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html',
    'nodes may reach each other at every port',
    ({ connections }) =>
      connections
        .filter(line => /^in {2}\S+ -> nodes /.test(line))
        .every(line => / (?:tcp|udp) \d+$/.test(line)),
  ),
  rule(
    'https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html',
    'an update may take several nodes of a zone at once',
    ({ compute: { cluster, replacement } }) =>
      cluster === null || replacement.maxUnavailable === 1,
  ),
  rule(
    'https://docs.aws.amazon.com/eks/latest/best-practices/data-plane.html',
    'a zone has no node group of its own on demand, and may end up without nodes',
    everyZoneHasNodes,
  ),
];

function clusterRule(
  source: string,
  problem: string,
  holds: (cluster: ClusterModel) => unknown,
): Rule {
  return rule(
    source,
    problem,
    ({ compute: { cluster } }) => cluster === null || holds(cluster),
  );
}

function onlyNamedPodsAssume({ roles }: InfrastructureModel): boolean {
  return roles
    .filter(({ assumedBy }) => assumedBy.includes('pods.eks.amazonaws.com'))
    .every(({ assumedBy }) =>
      [
        'aws:RequestTag/eks-cluster-name',
        'aws:RequestTag/kubernetes-namespace',
        'aws:RequestTag/kubernetes-service-account',
      ].every(key => assumedBy.includes(key)),
    );
}

function everyZoneHasNodes({ compute, network }: InfrastructureModel): boolean {
  if (compute.cluster === null) return true;
  const groups = compute.group.groups as readonly string[];
  const zones = new Set(network.subnets.map(({ zone }) => zone));
  return [...zones].every(zone =>
    groups.some(group => group.startsWith(`${zone}: ON_DEMAND `)),
  );
}
