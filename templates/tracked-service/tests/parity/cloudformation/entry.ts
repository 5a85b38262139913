import type { EntryModel } from '../InfrastructureModel';
import { sortedByContent } from '../statements';
import { readListenerRule } from './readListenerRule';
import type {
  CloudFormationTemplate,
  Properties,
} from './CloudFormationTemplate';

/** Load balancer, listeners, health check, firewall, name. */
export function readEntry(template: CloudFormationTemplate): EntryModel {
  const lb = template.one('AWS::ElasticLoadBalancingV2::LoadBalancer');
  const attribute = attributes(template, lb.LoadBalancerAttributes);
  const target = template.one('AWS::ElasticLoadBalancingV2::TargetGroup');
  const targetAttribute = attributes(template, target.TargetGroupAttributes);
  const firewall = template.optional('AWS::WAFv2::WebACL');
  return {
    loadBalancer: {
      name: lb.Name,
      type: lb.Type,
      internetFacing: lb.Scheme === 'internet-facing',
      subnets: lb.Subnets.length,
      dropsInvalidHeaders:
        attribute['routing.http.drop_invalid_header_fields.enabled'] === 'true',
      deletionProtection: attribute['deletion_protection.enabled'] === 'true',
      idleTimeoutSeconds: Number(attribute['idle_timeout.timeout_seconds']),
      accessLogs:
        attribute['access_logs.s3.enabled'] === 'true'
          ? `${attribute['access_logs.s3.bucket']}/${attribute['access_logs.s3.prefix']}`
          : null,
    },
    listeners: sortedByContent(
      template.all('AWS::ElasticLoadBalancingV2::Listener').map(listener => {
        const [action] = listener.DefaultActions;
        const redirect = action.RedirectConfig;
        return {
          port: listener.Port,
          protocol: listener.Protocol,
          tls: listener.SslPolicy ?? null,
          certificate: listener.Certificates?.[0]?.CertificateArn ?? null,
          action: action.Type,
          redirect: redirect
            ? `${redirect.Protocol}:${redirect.Port} ${redirect.StatusCode}`
            : null,
        };
      }),
    ),
    rules: template
      .all('AWS::ElasticLoadBalancingV2::ListenerRule')
      .map(rule => readListenerRule(rule, portOf(template, rule)))
      .sort((a, b) => a.priority - b.priority),
    target: {
      name: target.Name,
      port: target.Port,
      protocol: target.Protocol,
      type: target.TargetType,
      deregistrationSeconds: Number(
        targetAttribute['deregistration_delay.timeout_seconds'],
      ),
      sticky: targetAttribute['stickiness.enabled'] === 'true',
      checkPath: target.HealthCheckPath,
      checkCodes: target.Matcher.HttpCode,
      checkIntervalSeconds: target.HealthCheckIntervalSeconds,
      checkTimeoutSeconds: target.HealthCheckTimeoutSeconds,
      healthyAfter: target.HealthyThresholdCount,
      unhealthyAfter: target.UnhealthyThresholdCount,
    },
    firewallRules: firewall
      ? [...firewall.Rules]
          .sort((a: Properties, b: Properties) => a.Priority - b.Priority)
          .map((rule: Properties) => rule.Name)
      : null,
    // A trailing dot only marks a name as complete.
    hostNames: template
      .all('AWS::Route53::RecordSet')
      .map(record => record.Name.replace(/\.$/, '')),
  };
}

function attributes(
  template: CloudFormationTemplate,
  list: readonly Properties[],
): Record<string, string> {
  return Object.fromEntries(
    list.map(({ Key, Value }) => [Key, String(template.neutral(Value))]),
  );
}

function portOf(template: CloudFormationTemplate, rule: Properties): number {
  const target = template.target(rule.ListenerArn);
  const [, listener] = template
    .entries('AWS::ElasticLoadBalancingV2::Listener')
    .find(([id]) => id === target)!;
  return listener.Properties!.Port;
}
