import { Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { TARGET_TYPE } from './compute/Compute.ts';
import { PORTS } from './names.ts';
import type { Network } from './Network.ts';
import type { ServiceSettings } from './settings/ServiceSettings.ts';

/** Properties of {@link LoadBalancer}. */
export interface LoadBalancerProps {
  /** Service and environment within 32 characters: the load balancer's name. */
  readonly shortName: string;
  readonly settings: Pick<
    ServiceSettings,
    | 'certificateArn'
    | 'hostName'
    | 'hostedZoneId'
    | 'deletionProtection'
    | 'loadBalancerInternal'
    | 'clientCidr'
    | 'idleTimeoutSeconds'
    | 'deregistrationDelaySeconds'
  >;
  readonly network: Network;
  readonly accessLogsBucket: s3.IBucket;
}

/** HTTPS entry: redirects plain HTTP and logs every request. */
export class LoadBalancer extends Construct {
  readonly loadBalancer: elbv2.ApplicationLoadBalancer;
  readonly securityGroup: ec2.SecurityGroup;
  readonly targetGroup: elbv2.ApplicationTargetGroup;
  readonly httpsListener: elbv2.ApplicationListener;

  constructor(
    scope: Construct,
    id: string,
    { shortName, settings, network, accessLogsBucket }: LoadBalancerProps,
  ) {
    super(scope, id);

    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: network.vpc,
      description:
        'Load balancer: HTTPS from clients, service port towards the instances',
      allowAllOutbound: false,
    });
    const clients = settings.loadBalancerInternal
      ? ec2.Peer.ipv4(settings.clientCidr)
      : ec2.Peer.anyIpv4();
    this.securityGroup.addIngressRule(
      clients,
      ec2.Port.tcp(443),
      'HTTPS from clients',
    );
    this.securityGroup.addIngressRule(
      clients,
      ec2.Port.tcp(80),
      'HTTP from clients, answered with a redirect to HTTPS',
    );
    if (!settings.loadBalancerInternal) {
      acknowledge(this.securityGroup, {
        EC23: 'Public entry of the service: HTTPS, and HTTP that is only redirected.',
      });
    }

    this.loadBalancer = new elbv2.ApplicationLoadBalancer(
      this,
      'LoadBalancer',
      {
        loadBalancerName: shortName,
        vpc: network.vpc,
        vpcSubnets: settings.loadBalancerInternal
          ? network.privateSubnets
          : network.publicSubnets,
        internetFacing: !settings.loadBalancerInternal,
        securityGroup: this.securityGroup,
        dropInvalidHeaderFields: true,
        deletionProtection: settings.deletionProtection,
        idleTimeout: Duration.seconds(settings.idleTimeoutSeconds),
      },
    );
    this.loadBalancer.logAccessLogs(accessLogsBucket, 'load-balancer');

    this.targetGroup = new elbv2.ApplicationTargetGroup(this, 'TargetGroup', {
      targetGroupName: shortName,
      vpc: network.vpc,
      port: PORTS.service,
      protocol: elbv2.ApplicationProtocol.HTTP,
      targetType: TARGET_TYPE,
      // There is no stickiness: sessions are in the database, so each instance can answer each request.
      deregistrationDelay: Duration.seconds(
        settings.deregistrationDelaySeconds,
      ),
      // Serving, not readiness: readiness turns 503 while the database fails over, and Auto Scaling would then replace
      // every healthy instance at once. A draining instance is noticed within 19 s, before it stops (SHUTDOWN_DRAIN_MS);
      // a busy one that stalls for 10 s stays.
      healthCheck: {
        path: '/healthz/serving',
        healthyHttpCodes: '200',
        interval: Duration.seconds(5),
        timeout: Duration.seconds(4),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 3,
      },
    });

    this.httpsListener = this.loadBalancer.addListener('Https', {
      port: 443,
      open: false,
      certificates: [
        elbv2.ListenerCertificate.fromArn(settings.certificateArn),
      ],
      sslPolicy: elbv2.SslPolicy.RECOMMENDED_TLS,
      defaultAction: elbv2.ListenerAction.forward([this.targetGroup]),
    });
    this.#closeProbes();
    this.loadBalancer.addListener('Http', {
      port: 80,
      open: false,
      defaultAction: elbv2.ListenerAction.redirect({
        protocol: 'HTTPS',
        port: '443',
        permanent: true,
      }),
    });

    if (settings.hostedZoneId)
      this.#addName(settings.hostedZoneId, settings.hostName);
  }

  /** The other probes are for the network inside: liveness, and the signal by which the service scales. */
  #closeProbes(): void {
    this.httpsListener.addAction('PublicProbes', {
      priority: 1,
      conditions: [
        elbv2.ListenerCondition.pathPatterns([
          '/healthz/serving',
          '/healthz/ready',
        ]),
      ],
      action: elbv2.ListenerAction.forward([this.targetGroup]),
    });
    this.httpsListener.addAction('InternalProbes', {
      priority: 2,
      conditions: [elbv2.ListenerCondition.pathPatterns(['/healthz/*'])],
      action: elbv2.ListenerAction.fixedResponse(404, {
        contentType: 'text/plain',
        messageBody: 'Not found',
      }),
    });
  }

  #addName(hostedZoneId: string, hostName: string): void {
    // The zone's own name does not matter if the record's name ends with a dot.
    const zone = route53.HostedZone.fromHostedZoneAttributes(this, 'Zone', {
      hostedZoneId,
      zoneName: hostName,
    });
    new route53.ARecord(this, 'Name', {
      zone,
      recordName: `${hostName}.`,
      target: route53.RecordTarget.fromAlias(
        new LoadBalancerTarget(this.loadBalancer),
      ),
    });
  }
}
