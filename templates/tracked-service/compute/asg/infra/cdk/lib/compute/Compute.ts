import { Duration, Stack, Tags } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import type { ComputeMetrics, ComputeProps } from '../ComputeContract.ts';
import { PORTS } from '../names.ts';
import { containerEnvironment } from '../serviceEnvironment.ts';
import { serviceLogGroup } from '../serviceLogGroup.ts';
import { userData } from './bootEnvironment.ts';
import { InstanceRole } from './InstanceRole.ts';
import { addScaling } from './scaling.ts';

/** Instances are registered by their id. */
export const TARGET_TYPE = elbv2.TargetType.INSTANCE;

/** Auto Scaling group of instances; each runs the service's container. */
export class Compute extends Construct {
  readonly group: autoscaling.AutoScalingGroup;
  readonly role: InstanceRole;
  readonly logGroup: logs.LogGroup;
  readonly metrics: ComputeMetrics;
  readonly outputs: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: ComputeProps) {
    super(scope, id);
    const { fullName, settings, loadBalancer, securityGroup } = props;

    securityGroup.addIngressRule(
      loadBalancer.securityGroup,
      ec2.Port.tcp(PORTS.service),
      'Requests from the load balancer',
    );
    loadBalancer.securityGroup.addEgressRule(
      securityGroup,
      ec2.Port.tcp(PORTS.service),
      'Requests to the instances',
    );
    this.#allowEncryptedNotifications(props);
    securityGroup.addEgressRule(
      ec2.Peer.anyIpv4(),
      ec2.Port.tcp(443),
      'AWS APIs, image registry, portal',
    );

    this.logGroup = serviceLogGroup(this, 'LogGroup', {
      logGroupName: `/cloudtrace/${fullName}/service`,
      retentionDays: settings.logRetentionDays,
      encryptionKey: props.encryptionKey,
    });
    this.role = new InstanceRole(this, 'Role', {
      name: settings.name,
      fullName,
      publishesActiveUsers: settings.scalingPolicy === 'active-users',
      secretArns: [props.ingestTokenSecretArn, ...props.dataSecretArns],
      encryptionKey: props.encryptionKey,
      logGroup: this.logGroup,
    });
    props.permissions.forEach(statement => this.role.addToPolicy(statement));

    this.group = this.#group(props, this.#launchTemplate(props));
    loadBalancer.targetGroup.addTarget(this.group);
    acknowledge(this.group, {
      EC26: 'The rule cannot read a mixed instances policy; the launch template encrypts its one volume (tested).',
    });
    Tags.of(this.group).add('Name', fullName);
    addScaling(this, { fullName, settings, group: this.group });

    const dimensions = { AutoScalingGroupName: this.group.autoScalingGroupName };
    this.metrics = {
      capacity: {
        namespace: 'AWS/AutoScaling',
        desired: 'GroupDesiredCapacity',
        inService: 'GroupInServiceInstances',
        dimensions,
      },
      cpu: { namespace: 'AWS/EC2', name: 'CPUUtilization', dimensions },
    };
    this.outputs = {
      AutoScalingGroupArn: this.group.autoScalingGroupArn,
      AutoScalingGroupName: this.group.autoScalingGroupName,
    };
  }

  #launchTemplate(props: ComputeProps): ec2.LaunchTemplate {
    const { fullName, settings } = props;
    const template = new ec2.LaunchTemplate(this, 'LaunchTemplate', {
      launchTemplateName: fullName,
      versionDescription: `One instance of ${fullName}`,
      // Resolved by EC2 at each launch, so that new instances get the newest patched image without a change of the
      // stack.
      machineImage: ec2.MachineImage.resolveSsmParameterAtLaunch(
        '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
      ),
      instanceType: new ec2.InstanceType(
        settings.instanceTypes[0] ?? 't3.small',
      ),
      securityGroup: props.securityGroup,
      role: this.role,
      // IMDSv2 only. One hop is enough because the container shares the host's network.
      requireImdsv2: true,
      httpEndpoint: true,
      httpPutResponseHopLimit: 1,
      // One-minute metrics: with the basic five minutes, scaling would react too late.
      detailedMonitoring: true,
      blockDevices: [
        {
          deviceName: '/dev/xvda',
          volume: ec2.BlockDeviceVolume.ebs(20, {
            volumeType: ec2.EbsDeviceVolumeType.GP3,
            encrypted: true,
            deleteOnTermination: true,
          }),
        },
      ],
      userData: ec2.UserData.custom(
        userData({
          region: settings.region,
          groupName: fullName,
          image: settings.image,
          logGroupName: this.logGroup.logGroupName,
          service: containerEnvironment(props, 'ec2'),
        }),
      ),
    });
    Tags.of(template).add('Name', fullName);
    return template;
  }

  /** Not as principal: a new account does not have this role yet, and KMS rejects a policy that names a missing one. */
  #allowEncryptedNotifications({ encryptionKey }: ComputeProps): void {
    const { account, partition } = Stack.of(this);
    encryptionKey.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'AutoScalingSendsThroughEncryptedTopic',
        principals: [new iam.AnyPrincipal()],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
        conditions: {
          ArnEquals: {
            'aws:PrincipalArn': `arn:${partition}:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
          },
          StringEquals: { 'kms:CallerAccount': account },
        },
      }),
    );
  }

  #group(
    { fullName, settings, network, topic }: ComputeProps,
    launchTemplate: ec2.LaunchTemplate,
  ): autoscaling.AutoScalingGroup {
    return new autoscaling.AutoScalingGroup(this, 'Group', {
      autoScalingGroupName: fullName,
      vpc: network.vpc,
      vpcSubnets: network.privateSubnets,
      // No desiredCapacity: the scaling policies control it, and each deployment would reset it.
      minCapacity: settings.minSize,
      maxCapacity: settings.maxSize,
      mixedInstancesPolicy: {
        launchTemplate,
        launchTemplateOverrides: settings.instanceTypes.map(type => ({
          instanceType: new ec2.InstanceType(type),
        })),
        instancesDistribution: {
          onDemandAllocationStrategy:
            autoscaling.OnDemandAllocationStrategy.PRIORITIZED,
          onDemandBaseCapacity: settings.minSize,
          onDemandPercentageAboveBaseCapacity: settings.spotEnabled ? 0 : 100,
          spotAllocationStrategy:
            autoscaling.SpotAllocationStrategy.PRICE_CAPACITY_OPTIMIZED,
        },
      },
      healthChecks: autoscaling.HealthChecks.withAdditionalChecks({
        additionalTypes: [autoscaling.AdditionalHealthCheckType.ELB],
        gracePeriod: Duration.seconds(180),
      }),
      defaultInstanceWarmup: Duration.seconds(120),
      capacityRebalance: settings.spotEnabled,
      groupMetrics: [
        new autoscaling.GroupMetrics(
          autoscaling.GroupMetric.DESIRED_CAPACITY,
          autoscaling.GroupMetric.IN_SERVICE_INSTANCES,
          autoscaling.GroupMetric.MAX_SIZE,
          autoscaling.GroupMetric.MIN_SIZE,
          autoscaling.GroupMetric.PENDING_INSTANCES,
          autoscaling.GroupMetric.TERMINATING_INSTANCES,
          autoscaling.GroupMetric.TOTAL_INSTANCES,
        ),
      ],
      notifications: [{ topic, scalingEvents: autoscaling.ScalingEvents.ALL }],
      // A new image replaces instances one by one; a new instance must be healthy before an old one is terminated.
      // AWS cannot roll back to a template whose machine image is a parameter: scripts/ci/deploy.sh does it.
      updatePolicy: autoscaling.UpdatePolicy.instanceRefresh({
        strategy: autoscaling.InstanceRefreshStrategy.ROLLING,
        minHealthyPercentage: 100,
        maxHealthyPercentage: 150,
        skipMatching: true,
        // Above the grace period, in which an instance counts as healthy even if it never serves.
        instanceWarmup: Duration.seconds(240),
      }),
    });
  }
}
