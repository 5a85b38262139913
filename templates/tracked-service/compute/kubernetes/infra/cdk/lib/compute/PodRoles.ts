import { Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import type { ComputeProps } from '../ComputeContract.ts';
import {
  agentStatements,
  kedaStatements,
  loadBalancerStatements,
  networkStatements,
  serviceStatements,
} from './podPermissions.ts';

/** Properties of {@link PodRoles}. */
export interface PodRolesProps extends ComputeProps {
  readonly cluster: eks.CfnCluster;
  /** Log groups of the pods. */
  readonly logGroups: readonly logs.ILogGroup[];
  /** Whether KEDA scales the service. */
  readonly usesKeda: boolean;
}

/** A role, and the service account that has it. */
export interface PodRole {
  readonly role: iam.Role;
  readonly namespace: string;
  readonly serviceAccount: string;
}

interface PodRoleProps {
  readonly description: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly statements: readonly iam.PolicyStatement[];
}

/** Permissions of pods: EKS Pod Identity gives each service account a role of its own. */
export class PodRoles extends Construct {
  readonly service: iam.Role;
  /** An add-on brings the association of its service account. */
  readonly networkPlugin: PodRole;
  readonly cloudWatchAgent: PodRole;

  constructor(scope: Construct, id: string, props: PodRolesProps) {
    super(scope, id);
    const { fullName, settings, cluster } = props;

    const service = this.#role('Service', fullName, {
      description: `Pods of ${fullName}`,
      namespace: fullName,
      serviceAccount: settings.name,
      statements: serviceStatements(props),
    });
    this.service = service.role;
    const controller = this.#role('LoadBalancerController', fullName, {
      description: `Registers pods of ${fullName} with its target group`,
      namespace: 'kube-system',
      serviceAccount: 'aws-load-balancer-controller',
      statements: loadBalancerStatements(props),
    });
    this.networkPlugin = this.#role('NetworkPlugin', fullName, {
      description: `Gives pods of ${fullName} their addresses`,
      namespace: 'kube-system',
      serviceAccount: 'aws-node',
      statements: networkStatements(this, props),
    });
    this.cloudWatchAgent = this.#role('CloudWatchAgent', fullName, {
      description: `Writes logs and metrics of ${fullName}`,
      namespace: 'amazon-cloudwatch',
      serviceAccount: 'cloudwatch-agent',
      statements: agentStatements(props.logGroups),
    });
    const keda = props.usesKeda
      ? [
          this.#role('Keda', fullName, {
            description: `Reads the active users of ${fullName}`,
            namespace: 'keda',
            serviceAccount: 'keda-operator',
            statements: kedaStatements(),
          }),
        ]
      : [];
    // The service only publishes a metric with all resources, and only if it scales by it.
    this.#acknowledgeWildcards([
      controller,
      ...keda,
      ...(props.usesKeda ? [service] : []),
    ]);
    [service, controller, ...keda].forEach(podRole =>
      this.#associate(podRole, cluster),
    );
  }

  #role(
    id: string,
    clusterName: string,
    { description, namespace, serviceAccount, statements }: PodRoleProps,
  ): PodRole {
    const role = new iam.Role(this, id, {
      description,
      assumedBy: new iam.ServicePrincipal('pods.eks.amazonaws.com')
        .withConditions({
          StringEquals: {
            'aws:RequestTag/eks-cluster-name': clusterName,
            'aws:RequestTag/kubernetes-namespace': namespace,
            'aws:RequestTag/kubernetes-service-account': serviceAccount,
          },
        })
        .withSessionTags(),
    });
    statements.forEach(statement => role.addToPolicy(statement));
    return { role, namespace, serviceAccount };
  }

  #acknowledgeWildcards(ofAll: readonly PodRole[]): void {
    const { partition, region } = Stack.of(this);
    [...ofAll, this.networkPlugin, this.cloudWatchAgent].forEach(({ role }) =>
      acknowledge(role, {
        'IAM5[Resource::*]':
          'Reading EC2, load balancers and metrics, and publishing metrics do not support resource-level permissions; a condition limits publishing to one namespace.',
      }),
    );
    acknowledge(
      this.networkPlugin.role,
      Object.fromEntries(
        ['instance', 'network-interface', 'security-group', 'subnet'].map(
          kind => [
            `IAM5[Resource::arn:${partition}:ec2:${region}:<AWS::AccountId>:${kind}/*]`,
            'Resources of EC2 have no names in their ARNs: tags of the cluster and its VPC limit the changes instead.',
          ],
        ),
      ),
    );
  }

  #associate(
    { role, namespace, serviceAccount }: PodRole,
    cluster: eks.CfnCluster,
  ): void {
    const association = new eks.CfnPodIdentityAssociation(
      this,
      `${role.node.id}Association`,
      {
        clusterName: cluster.ref,
        namespace,
        serviceAccount,
        roleArn: role.roleArn,
      },
    );
    association.node.addDependency(role);
  }
}
