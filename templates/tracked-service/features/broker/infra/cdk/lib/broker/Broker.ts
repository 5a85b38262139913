import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as msk from 'aws-cdk-lib/aws-msk';
import { Construct } from 'constructs';
import type { PartContext } from '../parts/Part.ts';
import { serviceLogGroup } from '../serviceLogGroup.ts';
import { BrokerAddresses } from './BrokerAddresses.ts';
import { BrokerLogin } from './BrokerLogin.ts';

/** Port for TLS with SASL/SCRAM. */
const PORT = 9096;
/** Kafka without ZooKeeper. */
const KAFKA_VERSION = '3.9.x.kraft';

/** Kafka (MSK) with a broker in each zone; only the service and its workers can reach it, over TLS and with a login. */
export class Broker extends Construct {
  /** Brokers, separated by commas. */
  readonly addresses: string;
  /** Secret with the login. */
  readonly secretArn: string;

  constructor(scope: Construct, id: string, context: PartContext) {
    super(scope, id);
    const cluster = new msk.CfnCluster(
      this,
      'Cluster',
      this.#properties(context),
    );
    this.secretArn = new BrokerLogin(this, 'Login', {
      ...context,
      cluster,
    }).secretArn;
    this.addresses = new BrokerAddresses(context.stack, 'CustomBroker', {
      ...context,
      clusterArn: cluster.ref,
    }).addresses;
  }

  #properties(context: PartContext): msk.CfnClusterProps {
    const { fullName, settings, network, encryptionKey } = context;
    return {
      clusterName: fullName,
      kafkaVersion: KAFKA_VERSION,
      numberOfBrokerNodes: settings.zones.length,
      enhancedMonitoring: 'DEFAULT',
      brokerNodeGroupInfo: {
        instanceType: settings.brokerInstanceType,
        clientSubnets: network.vpc.selectSubnets(network.dataSubnets).subnetIds,
        securityGroups: [this.#securityGroup(context).securityGroupId],
        connectivityInfo: { publicAccess: { type: 'DISABLED' } },
        storageInfo: {
          ebsStorageInfo: { volumeSize: settings.brokerStorageGb },
        },
      },
      clientAuthentication: {
        unauthenticated: { enabled: false },
        sasl: { scram: { enabled: true } },
      },
      encryptionInfo: {
        encryptionAtRest: { dataVolumeKmsKeyId: encryptionKey.keyArn },
        encryptionInTransit: { clientBroker: 'TLS', inCluster: true },
      },
      configurationInfo: this.#configuration(fullName, settings.zones.length),
      loggingInfo: {
        brokerLogs: {
          cloudWatchLogs: {
            enabled: true,
            logGroup: serviceLogGroup(this, 'LogGroup', {
              logGroupName: `/cloudtrace/${fullName}/broker`,
              retentionDays: settings.logRetentionDays,
              encryptionKey,
            }).logGroupName,
          },
        },
      },
    };
  }

  #securityGroup({
    network,
    serviceSecurityGroup,
  }: PartContext): ec2.SecurityGroup {
    const group = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: network.vpc,
      description:
        'Kafka: reached by the service and its workers only, opens no connection itself',
      allowAllOutbound: false,
    });
    group.addIngressRule(
      serviceSecurityGroup,
      ec2.Port.tcp(PORT),
      'Kafka from the service and its workers',
    );
    serviceSecurityGroup.addEgressRule(group, ec2.Port.tcp(PORT), 'Kafka');
    return group;
  }

  /** All zones have each message. With two zones, one is enough to continue; with three, two must have it. */
  #configuration(
    fullName: string,
    zones: number,
  ): msk.CfnCluster.ConfigurationInfoProperty {
    const configuration = new msk.CfnConfiguration(this, 'Configuration', {
      name: fullName,
      description:
        'Topics are created by the worker, and keep their messages if a zone fails',
      kafkaVersionsList: [KAFKA_VERSION],
      serverProperties: [
        'auto.create.topics.enable=false',
        `default.replication.factor=${zones}`,
        `min.insync.replicas=${zones - 1}`,
        'unclean.leader.election.enable=false',
        'log.retention.hours=168',
      ].join('\n'),
    });
    return {
      arn: configuration.attrArn,
      revision: configuration.attrLatestRevisionRevision,
    };
  }
}
