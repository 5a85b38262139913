import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { Network } from './Network.ts';

/** Port of Valkey. */
export const CACHE_PORT = 6379;

/** Properties of {@link Cache}. */
export interface CacheProps {
  /** Service and environment. */
  readonly fullName: string;
  /** The same within 32 characters: id of the replication group. */
  readonly shortName: string;
  /** ElastiCache node type of primary and replica. */
  readonly nodeType: string;
  readonly network: Network;
  /** Security group of the instances that may connect. */
  readonly serviceSecurityGroup: ec2.SecurityGroup;
  readonly encryptionKey: kms.IKey;
  /** Parameters of Valkey; its own by default. */
  readonly parameterGroupName?: string;
  /** Who may log in; everyone who reaches it by default. */
  readonly userGroupIds?: string[];
}

/** Valkey with a replica in a second zone; only the service can reach it. */
export class Cache extends Construct {
  /** Id of the replication group: dimension of its metrics. */
  readonly replicationGroupId: string;
  /** Host name of the primary; it moves to the replica in a failover. */
  readonly address: string;

  constructor(scope: Construct, id: string, props: CacheProps) {
    super(scope, id);
    const { fullName, network, serviceSecurityGroup } = props;

    const securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: network.vpc,
      description:
        'Valkey: reached by the service only, opens no connection itself',
      allowAllOutbound: false,
    });
    securityGroup.addIngressRule(
      serviceSecurityGroup,
      ec2.Port.tcp(CACHE_PORT),
      'Valkey from the service',
    );
    serviceSecurityGroup.addEgressRule(
      securityGroup,
      ec2.Port.tcp(CACHE_PORT),
      'Valkey',
    );

    const subnetGroup = new elasticache.CfnSubnetGroup(this, 'Subnets', {
      cacheSubnetGroupName: fullName,
      description: `Data subnets of ${fullName}`,
      subnetIds: network.vpc.selectSubnets(network.dataSubnets).subnetIds,
    });
    const group = new elasticache.CfnReplicationGroup(this, 'Group', {
      replicationGroupId: props.shortName,
      replicationGroupDescription: `Cache of ${fullName}`,
      engine: 'valkey',
      engineVersion: '8.0',
      cacheNodeType: props.nodeType,
      port: CACHE_PORT,
      numCacheClusters: 2,
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      autoMinorVersionUpgrade: true,
      cacheSubnetGroupName: subnetGroup.ref,
      securityGroupIds: [securityGroup.securityGroupId],
      transitEncryptionEnabled: true,
      atRestEncryptionEnabled: true,
      kmsKeyId: props.encryptionKey.keyArn,
      cacheParameterGroupName: props.parameterGroupName,
      userGroupIds: props.userGroupIds,
      // The cache contains only what is made again: copies of database content, the schedule of jobs. So there are no
      // snapshots.
      snapshotRetentionLimit: 0,
    });
    acknowledge(group, {
      AEC6: props.userGroupIds
        ? 'Its users have passwords, which replace the AUTH token.'
        : "Only the service's own security group reaches the port, over TLS, and the cache holds nothing but copies of database rows.",
    });
    this.replicationGroupId = group.ref;
    this.address = group.attrPrimaryEndPointAddress;
  }
}
