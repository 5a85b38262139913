import { Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { serviceLogGroup } from './serviceLogGroup.ts';
import type { ServiceSettings } from './settings/ServiceSettings.ts';

/** Properties of {@link Network}. */
export interface NetworkProps {
  /** Service and environment, prefix of resource names. */
  readonly fullName: string;
  readonly settings: Pick<
    ServiceSettings,
    | 'zones'
    | 'vpcCidr'
    | 'natGatewayPerZone'
    | 'flowLogsEnabled'
    | 'logRetentionDays'
  >;
  /** Key that encrypts the flow logs. */
  readonly encryptionKey: kms.IKey;
}

/**
 * VPC with a public, a private and a data subnet in each zone. Instances reach the internet through NAT; the data
 * subnets have no route out.
 */
export class Network extends Construct {
  readonly vpc: ec2.Vpc;
  readonly publicSubnets: ec2.SubnetSelection = { subnetGroupName: 'public' };
  readonly privateSubnets: ec2.SubnetSelection = { subnetGroupName: 'private' };
  readonly dataSubnets: ec2.SubnetSelection = { subnetGroupName: 'data' };

  constructor(
    scope: Construct,
    id: string,
    { fullName, settings, encryptionKey }: NetworkProps,
  ) {
    super(scope, id);
    const { zones, vpcCidr, natGatewayPerZone } = settings;

    this.vpc = new ec2.Vpc(this, 'Vpc', {
      vpcName: fullName,
      ipAddresses: ec2.IpAddresses.cidr(vpcCidr),
      availabilityZones: zones,
      natGateways: natGatewayPerZone ? zones.length : 1,
      subnetConfiguration: [
        {
          name: 'private',
          subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS,
          cidrMask: 20,
        },
        {
          name: 'public',
          subnetType: ec2.SubnetType.PUBLIC,
          cidrMask: 24,
          mapPublicIpOnLaunch: false,
        },
        {
          name: 'data',
          subnetType: ec2.SubnetType.PRIVATE_ISOLATED,
          cidrMask: 24,
        },
      ],
    });

    Validations.of(this.vpc).acknowledge({
      id: 'CloudFormation-Validate::W3010',
      reason:
        'The zones are a setting: looking them up would need an account at each synthesis.',
    });

    // Image layers come from S3: the gateway endpoint is free, while NAT charges for the same bytes.
    this.vpc.addGatewayEndpoint('S3', {
      service: ec2.GatewayVpcEndpointAwsService.S3,
      subnets: [this.privateSubnets],
    });

    if (settings.flowLogsEnabled) {
      this.#recordConnections(
        fullName,
        settings.logRetentionDays,
        encryptionKey,
      );
    } else {
      acknowledge(this.vpc, {
        VPC7: 'Flow logs are switched off by the setting flowLogsEnabled.',
      });
    }
  }

  #recordConnections(
    fullName: string,
    retentionDays: number,
    encryptionKey: kms.IKey,
  ): void {
    const logGroup: logs.LogGroup = serviceLogGroup(this, 'FlowLogGroup', {
      logGroupName: `/cloudtrace/${fullName}/flow`,
      retentionDays,
      encryptionKey,
    });
    const role = new iam.Role(this, 'FlowLogRole', {
      description: `Lets the VPC of ${fullName} write its flow logs`,
      assumedBy: new iam.ServicePrincipal('vpc-flow-logs.amazonaws.com'),
    });
    this.vpc.addFlowLog('FlowLog', {
      destination: ec2.FlowLogDestination.toCloudWatchLogs(logGroup, role),
      trafficType: ec2.FlowLogTrafficType.ALL,
    });
  }
}
