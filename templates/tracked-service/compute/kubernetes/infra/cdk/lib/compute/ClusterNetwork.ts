import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/** Properties of {@link ClusterNetwork}. */
export interface ClusterNetworkProps {
  readonly vpc: ec2.IVpc;
  /** Private networks besides the nodes from which the cluster's API may be reached. */
  readonly privateAccessCidrs: readonly string[];
  /** Whether KEDA scales the service. */
  readonly usesKeda: boolean;
}

/**
 * Who reaches whom inside the cluster. Pods have the security groups of their node: "nodes", and that of the service for
 * what the service itself needs.
 */
export class ClusterNetwork extends Construct {
  readonly nodes: ec2.SecurityGroup;
  /** In addition to the one that EKS creates, which the nodes do not have: it allows everything among its members. */
  readonly controlPlane: ec2.SecurityGroup;

  constructor(
    scope: Construct,
    id: string,
    { vpc, privateAccessCidrs, usesKeda }: ClusterNetworkProps,
  ) {
    super(scope, id);
    this.nodes = new ec2.SecurityGroup(this, 'NodeSecurityGroup', {
      vpc,
      description: 'Nodes: control plane, name service, metrics',
      allowAllOutbound: false,
    });
    this.controlPlane = new ec2.SecurityGroup(
      this,
      'ControlPlaneSecurityGroup',
      {
        vpc,
        description: 'Control plane: API for the nodes, kubelets and webhooks',
        allowAllOutbound: false,
      },
    );
    this.controlPlane.addIngressRule(
      this.nodes,
      ec2.Port.tcp(443),
      'API of the cluster, for nodes and pods',
    );
    privateAccessCidrs.forEach(range =>
      this.controlPlane.addIngressRule(
        ec2.Peer.ipv4(range),
        ec2.Port.tcp(443),
        'API of the cluster, for the pipeline and people',
      ),
    );
    this.#allow(this.controlPlane, ec2.Port.tcp(10250), 'Kubelets');
    this.#allow(this.controlPlane, ec2.Port.tcp(10251), 'Metrics Server');
    this.#allow(
      this.controlPlane,
      ec2.Port.tcp(9443),
      'Webhooks of controllers',
    );
    this.#allow(this.nodes, ec2.Port.tcp(53), 'CoreDNS');
    this.#allow(this.nodes, ec2.Port.udp(53), 'CoreDNS');
    this.#allow(
      this.nodes,
      ec2.Port.tcp(10250),
      'Kubelets, for the Metrics Server',
    );
    if (!usesKeda) return;
    this.#allow(this.controlPlane, ec2.Port.tcp(6443), 'Metrics of KEDA');
    this.#allow(this.nodes, ec2.Port.tcp(9666), 'Operator of KEDA');
  }

  #allow(from: ec2.SecurityGroup, port: ec2.Port, description: string): void {
    this.nodes.addIngressRule(from, port, description);
    from.addEgressRule(this.nodes, port, description);
  }
}
