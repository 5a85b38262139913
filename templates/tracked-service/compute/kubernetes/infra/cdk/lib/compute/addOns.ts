import * as eks from 'aws-cdk-lib/aws-eks';
import type { Construct } from 'constructs';
import type { PodRole, PodRoles } from './PodRoles.ts';

/** What each node runs; without network, a node does not become ready. */
export function addNodeAddOns(
  scope: Construct,
  cluster: eks.CfnCluster,
  { networkPlugin }: PodRoles,
): eks.CfnAddon[] {
  return [
    addOn(scope, cluster, 'eks-pod-identity-agent', { configuration: {} }),
    addOn(scope, cluster, 'kube-proxy', { configuration: {} }),
    // Without the agent for network policies, Kubernetes accepts them but nothing enforces them.
    addOn(scope, cluster, 'vpc-cni', {
      configuration: { enableNetworkPolicy: 'true' },
      podRole: networkPlugin,
    }),
  ];
}

/** What runs in pods, and therefore needs nodes. */
export function addPodAddOns(
  scope: Construct,
  cluster: eks.CfnCluster,
  { cloudWatchAgent }: PodRoles,
): eks.CfnAddon[] {
  return [
    addOn(scope, cluster, 'coredns'),
    addOn(scope, cluster, 'metrics-server'),
    // Logs of the pods and metrics for alarms. The service traces itself: by default, the add-on would inject a second
    // OpenTelemetry into every pod.
    addOn(scope, cluster, 'amazon-cloudwatch-observability', {
      configuration: {
        manager: {
          applicationSignals: { autoMonitor: { monitorAllServices: false } },
        },
      },
      podRole: cloudWatchAgent,
    }),
  ];
}

/** Without a version: EKS takes the default of the Kubernetes version, and keeps it until somebody updates the add-on. */
function addOn(
  scope: Construct,
  cluster: eks.CfnCluster,
  addonName: string,
  {
    configuration,
    podRole,
  }: { readonly configuration?: object; readonly podRole?: PodRole } = {},
): eks.CfnAddon {
  const created = new eks.CfnAddon(scope, addonName, {
    clusterName: cluster.ref,
    addonName,
    resolveConflicts: 'OVERWRITE',
    ...(configuration && {
      configurationValues: JSON.stringify(configuration),
    }),
    ...(podRole && {
      podIdentityAssociations: [
        {
          serviceAccount: podRole.serviceAccount,
          roleArn: podRole.role.roleArn,
        },
      ],
    }),
  });
  if (podRole) created.node.addDependency(podRole.role);
  return created;
}
