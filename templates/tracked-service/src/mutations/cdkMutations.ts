import { mutationsOf, type Mutation } from './Mutation';
import { CDK_DATA_MUTATIONS } from './cdkDataMutations';
import { CDK_HEALING_MUTATIONS } from './cdkHealingMutations';
import { CDK_SIGN_IN_MUTATIONS } from './cdkSignInMutations';

/** Mistakes in CDK code: network, load balancer and compute, then the rest. */
export const CDK_MUTATIONS: readonly Mutation[] = [
  ...mutationsOf('lib/Network.ts', [
    [
      'a public subnet that assigns addresses',
      'mapPublicIpOnLaunch: false',
      'mapPublicIpOnLaunch: true',
    ],
    [
      'data subnets with a route to the internet',
      'subnetType: ec2.SubnetType.PRIVATE_ISOLATED',
      'subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS',
    ],
    [
      'one NAT gateway for all zones',
      'natGateways: natGatewayPerZone ? zones.length : 1',
      'natGateways: 1',
    ],
    [
      'only rejected connections recorded',
      'trafficType: ec2.FlowLogTrafficType.ALL',
      'trafficType: ec2.FlowLogTrafficType.REJECT',
    ],
    [
      'connections that are not recorded',
      'if (settings.flowLogsEnabled) {',
      'if (!settings.flowLogsEnabled) {',
    ],
  ]),
  ...mutationsOf('cdk.json', [
    [
      'a default security group that lets everything in',
      '"@aws-cdk/aws-ec2:restrictDefaultSecurityGroup": true',
      '"@aws-cdk/aws-ec2:restrictDefaultSecurityGroup": false',
    ],
  ]),
  ...mutationsOf('lib/LoadBalancer.ts', [
    [
      'all ports of the load balancer open',
      'ec2.Port.tcp(443)',
      'ec2.Port.allTcp()',
    ],
    [
      'invalid headers passed on',
      'dropInvalidHeaderFields: true',
      'dropInvalidHeaderFields: false',
    ],
    [
      'no access logs of the load balancer',
      "this.loadBalancer.logAccessLogs(accessLogsBucket, 'load-balancer');",
      '',
      'cdk-nag',
    ],
    [
      'a load balancer that anyone can delete',
      'deletionProtection: settings.deletionProtection',
      'deletionProtection: false',
    ],
    [
      'TLS 1.0',
      'sslPolicy: elbv2.SslPolicy.RECOMMENDED_TLS',
      'sslPolicy: elbv2.SslPolicy.LEGACY',
    ],
    [
      'HTTP without a redirect',
      `elbv2.ListenerAction.redirect({
        protocol: 'HTTPS',
        port: '443',
        permanent: true,
      })`,
      'elbv2.ListenerAction.forward([this.targetGroup])',
    ],
    [
      'a redirect to plain HTTP',
      "protocol: 'HTTPS',\n        port: '443'",
      "protocol: 'HTTP',\n        port: '8080'",
    ],
    ['a check of liveness', "'/healthz/serving'", "'/healthz/live'"],
    [
      'a draining instance noticed too late',
      'unhealthyThresholdCount: 3',
      'unhealthyThresholdCount: 5',
    ],
    [
      'a busy instance replaced after a stall of 10 s',
      'unhealthyThresholdCount: 3',
      'unhealthyThresholdCount: 2',
    ],
    [
      'errors that count as healthy',
      "healthyHttpCodes: '200'",
      "healthyHttpCodes: '200-599'",
    ],
    [
      'requests cut off at deregistration',
      `Duration.seconds(
        settings.deregistrationDelaySeconds,
      )`,
      'Duration.seconds(0)',
    ],
    [
      'probes for the inside open to everybody',
      "pathPatterns(['/healthz/*'])",
      "pathPatterns(['/internal/*'])",
    ],
    [
      'an internal load balancer that is public',
      'internetFacing: !settings.loadBalancerInternal',
      'internetFacing: settings.loadBalancerInternal',
    ],
  ]),
  ...mutationsOf('lib/compute/Compute.ts', [
    ['IMDSv1', 'requireImdsv2: true', 'requireImdsv2: false'],
    [
      'metadata reachable from containers',
      'httpPutResponseHopLimit: 1',
      'httpPutResponseHopLimit: 2',
    ],
    ['an unencrypted disk', 'encrypted: true', 'encrypted: false'],
    [
      'instances with public addresses',
      'detailedMonitoring: true,',
      'detailedMonitoring: true,\n      associatePublicIpAddress: true,',
    ],
    [
      'instances open to the internet',
      'loadBalancer.securityGroup,\n      ec2.Port.tcp(PORTS.service)',
      'ec2.Peer.anyIpv4(),\n      ec2.Port.tcp(PORTS.service)',
    ],
    ['all ports open to the outside', 'ec2.Port.tcp(443)', 'ec2.Port.allTcp()'],
    [
      'unhealthy instances that nobody replaces',
      'additionalTypes: [autoscaling.AdditionalHealthCheckType.ELB]',
      'additionalTypes: [autoscaling.AdditionalHealthCheckType.EBS]',
    ],
    [
      'instances replaced before they have started',
      'gracePeriod: Duration.seconds(180)',
      'gracePeriod: Duration.seconds(0)',
    ],
    [
      'a deployment that reduces capacity',
      'minHealthyPercentage: 100',
      'minHealthyPercentage: 60',
    ],
    [
      'a rollout that does not wait for the health check',
      'instanceWarmup: Duration.seconds(240)',
      'instanceWarmup: Duration.seconds(120)',
    ],
    [
      'a rollback that AWS rejects',
      'loadBalancer.targetGroup.addTarget(this.group);',
      "loadBalancer.targetGroup.addTarget(this.group);\n    (this.group.node.defaultChild as autoscaling.CfnAutoScalingGroup).addOverride('UpdatePolicy.AutoScalingInstanceRefresh.Preferences.AutoRollback', true);",
    ],
    [
      'a group that cannot grow',
      'maxCapacity: settings.maxSize',
      'maxCapacity: settings.minSize',
    ],
    [
      'a minimum on spot',
      'onDemandBaseCapacity: settings.minSize',
      'onDemandBaseCapacity: 0',
    ],
    [
      'failed launches that nobody hears of',
      'autoscaling.ScalingEvents.ALL',
      'autoscaling.ScalingEvents.TERMINATION_EVENTS',
    ],
  ]),
  ...mutationsOf('lib/serviceEnvironment.ts', [
    [
      'a secret in the environment',
      'SECRETS_BACKEND: settings.secretsBackend',
      "SIGNING_SECRET: 'hunter2',\n    SECRETS_BACKEND: settings.secretsBackend",
    ],
  ]),
  ...mutationsOf('lib/compute/start-service.sh', [
    ['a container with all capabilities', '--cap-drop ALL', '--cap-add ALL'],
  ]),
  ...mutationsOf('lib/compute/InstanceRole.ts', [
    [
      'secretsmanager:*',
      "['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret']",
      "['secretsmanager:*']",
    ],
    ['all secrets', '[...props.secretArns]', "['*']"],
    [
      'all secrets by a pattern',
      '[...props.secretArns]',
      "['arn:aws:secretsmanager:*:*:secret:*']",
    ],
    ['all keys', '[props.encryptionKey.keyArn]', "['*']"],
    [
      'an administrator',
      "assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),",
      "assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),\n      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AdministratorAccess')],",
    ],
    [
      'a role for anyone',
      "new iam.ServicePrincipal('ec2.amazonaws.com')",
      'new iam.AnyPrincipal()',
    ],
    [
      'metrics in any namespace',
      "conditions: { StringEquals: { 'cloudwatch:namespace': namespace } },",
      '',
    ],
    [
      'an agent that may not report memory',
      "this.#publish('PublishMemory', 'CWAgent');",
      '',
    ],
  ]),
  ...mutationsOf('lib/serviceLogGroup.ts', [
    [
      'a log kept forever',
      'retention: props.retentionDays',
      'retention: logs.RetentionDays.INFINITE',
    ],
    ['an unencrypted log', 'encryptionKey: props.encryptionKey,', ''],
  ]),
  ...CDK_DATA_MUTATIONS,
  ...CDK_HEALING_MUTATIONS,
  ...CDK_SIGN_IN_MUTATIONS,
];
